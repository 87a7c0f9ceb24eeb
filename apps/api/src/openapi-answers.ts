import {
  AccessionsPage,
  AccessionView,
  AccountView,
  AcceptedInvitation,
  AddresseeView,
  AuditPage,
  ChallengeView,
  ClosedOffView,
  FactorDemandView,
  FactorsView,
  RecoveryCodesView,
  TotpOfferView,
  BulkAnswer,
  CasesPage,
  CaseView,
  ConsentView,
  DataExportView,
  AnsweredInvitation,
  CandidateView,
  DraftView,
  ErasureView,
  EventsPage,
  FollowLevel,
  GuestCandidateView,
  HeldView,
  HomeView,
  IntroductionMessagesPage, IntroductionsPage,
  InvitationBatchReport, InvitationBatchView, InvitationCode, InvitationLinkView,
  IdentitiesView,
  DelegationsView, DelegationView, HandOverView,
  InvitationView,
  JoinedByLink,
  IntroductionView,
  Id,
  LettersPage, LetterView, MailboxView,
  LiftedNameView,
  MentionTarget,
  MeView,
  PreparedReasonView,
  RulesView, RuleVersionView,
  MyDataView, MyModerationView,
  NeedsPage, NewcomerView,
  NeedView,
  OffersPage, OfferView,
  OpenedInvitation,
  OpenedLink,
  PeoplePage, PersonView,
  SuccessorView, WithoutAccessView,
  OrganisationRow, OrganisationView,
  PasskeyAddedView,
  PasskeyOptionsView,
  pageOf,
  PostsPage, PostView,
  PracticeContent,
  PracticeFolderPage, PracticeFolderView,
  PracticeImportReport,
  PracticeRevisionView,
  PracticesPage, PracticeTasks,
  PracticeView,
  ProjectsBoard, ProjectsPage,
  ProjectUpdatesPage, ProjectView,
  QueuePage,
  ReadView,
  RegisterPage,
  ReceivedInvitationView,
  RelaysPage,
  RelayView,
  RevisionView,
  EmptySearches,
  SavedSearches,
  SavedSearchView,
  SearchResult,
  Suggestions,
  SuggestionView,
  SeatsView,
  SentInvitationView,
  SessionView,
  SsoWayView,
  SpaceCard,
  SpaceDetail,
  SpaceMembersPage,
  SpaceRequestView,
  SpaceView,
  ThemeView,
  ThreadActView,
  ThreadGuestView,
  ThreadRow,
  ThreadView,
  TransfersPage,
  TransferView,
  WelcomeView,
  WatchRulesPage,
  WatchRuleView,
  WatchTrialView,
} from '@passerelle/contract';
import { z } from 'zod';
import type { AccessionController } from './accessions/accession.controller.js';
import type { FactorDemandController } from './accounts/factor-demand.controller.js';
import type { FactorController } from './accounts/factor.controller.js';
import type { OidcController } from './accounts/oidc/oidc.controller.js';
import type { PasskeyController } from './accounts/passkey.controller.js';
import type { AuthController } from './accounts/auth.controller.js';
import type { HeldController } from './forum/held.controller.js';
import type { PostController } from './forum/post.controller.js';
import type { ReadingController } from './forum/reading.controller.js';
import type { ThreadGuestController } from './forum/thread-guest.controller.js';
import type { ThreadController } from './forum/thread.controller.js';
import type { HomeController } from './home/home.controller.js';
import type { OrganisationController } from './organisations/organisation.controller.js';
import type { HealthController } from './platform/http/health.controller.js';
import type { PracticeExchangeController } from './practices/exchange/exchange.controller.js';
import type { FolderController } from './practices/folder.controller.js';
import type { PracticeController } from './practices/practice.controller.js';
import type { DelegationController } from './people/delegation.controller.js';
import type { MailboxController } from './people/mailbox.controller.js';
import type { StandInController } from './people/stand-in.controller.js';
import type { HandOverController } from './people/hand-over.controller.js';
import type { JournalController } from './journal/journal.controller.js';
import type { PeopleController } from './people/people.controller.js';
import type { InvitationBatchController } from './invitations/batch/batch.controller.js';
import type { InvitationLinkController } from './invitations/links/link.controller.js';
import type { InvitationController } from './invitations/invitation.controller.js';
import type { CharterController } from './moderation/charter.controller.js';
import type { ModerationController } from './moderation/moderation.controller.js';
import type { LiftedNameController } from './moderation/lifted-name.controller.js';
import type { ReportController } from './moderation/report.controller.js';
import type { QueueController } from './moderation/queue/queue.controller.js';
import type { WatchController } from './moderation/watch/watch.controller.js';
import type { PrivacyController } from './privacy/privacy.controller.js';
import type { TransferController } from './practices/transfer.controller.js';
import type { MatchController } from './projects/match.controller.js';
import type { ProjectController } from './projects/project.controller.js';
import type { EventController } from './realtime/event.controller.js';
import type { RelayController } from './relay/relay.controller.js';
import type { SearchController } from './search/search.controller.js';
import type { MembershipController } from './spaces/membership.controller.js';
import type { SpaceController } from './spaces/space.controller.js';

/** A schema for answers of a controller; the compiler compares each with what the method returns. */
type Answers<Controller> = {
  [Method in keyof Controller]?: Controller[Method] extends (...args: never[]) => infer Result ? z.ZodType<Awaited<Result>> : never;
};

const items = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) });
const Entered = z.object({ account: AccountView });
const EnteredOrAsked = z.union([Entered, ChallengeView]);

const health: Answers<HealthController> = {
  health: z.object({ status: z.literal('ok'), version: z.string() }),
  ready: z.object({ status: z.literal('ready') }),
};
const factorDemand: Answers<FactorDemandController> = { list: items(FactorDemandView), set: items(FactorDemandView) };
const passkey: Answers<PasskeyController> = { ask: PasskeyOptionsView, enter: Entered, askFresh: PasskeyOptionsView, offer: PasskeyOptionsView, add: PasskeyAddedView };
const factor: Answers<FactorController> = { secondFactor: Entered, askSecond: PasskeyOptionsView, view: FactorsView, offer: TotpOfferView, confirm: RecoveryCodesView, renew: RecoveryCodesView };
const oidc: Answers<OidcController> = { list: IdentitiesView, link: SsoWayView };
const auth: Answers<AuthController> = {
  welcome: WelcomeView,
  login: EnteredOrAsked,
  askLink: z.object({ sent: z.literal(true) }),
  confirmLink: EnteredOrAsked,
  notMe: ClosedOffView,
  me: MeView,
  edit: MeView,
  listSessions: items(SessionView),
};
const thread: Answers<ThreadController> = {
  spaces: items(SpaceView),
  list: pageOf(ThreadRow),
  similar: items(ThreadRow),
  open: z.union([ThreadView, HeldView]),
  get: ThreadView,
  edit: ThreadView,
  summarise: ThreadView,
  listActs: items(ThreadActView),
  move: ThreadActView,
  split: ThreadActView,
  merge: ThreadActView,
  undo: ThreadActView,
};
const post: Answers<PostController> = {
  page: PostsPage,
  reply: PostView,
  get: PostView,
  edit: PostView,
  remove: PostView,
  restore: PostView,
  revisions: items(RevisionView),
  react: PostView,
  unreact: PostView,
};
const reading: Answers<ReadingController> = {
  read: ReadView,
  unread: ReadView,
  readSpace: z.object({ threads: z.number().int() }),
  follow: z.object({ level: FollowLevel }),
  listDrafts: items(DraftView),
  getDraft: DraftView,
  saveDraft: DraftView,
  mentionTargets: items(MentionTarget).extend({ version: z.string() }),
};
const threadGuest: Answers<ThreadGuestController> = { list: items(ThreadGuestView), candidates: items(GuestCandidateView), admit: items(ThreadGuestView) };
const held: Answers<HeldController> = { mine: items(HeldView) };
const report: Answers<ReportController> = { file: z.object({ id: Id }) };
const home: Answers<HomeController> = { home: HomeView };
const search: Answers<SearchController> = { search: SearchResult, suggest: Suggestions, withoutHits: EmptySearches, list: SavedSearches, save: SavedSearchView, markSeen: SavedSearchView };
const event: Answers<EventController> = { since: EventsPage };
const organisation: Answers<OrganisationController> = { list: pageOf(OrganisationRow), get: OrganisationView };
const practice: Answers<PracticeController> = {
  list: PracticesPage,
  tasks: PracticeTasks,
  get: PracticeView,
  create: PracticeView,
  edit: PracticeView,
  revisions: items(PracticeRevisionView),
  restore: PracticeView,
  act: PracticeView,
  review: PracticeView,
  markUseful: PracticeView,
  unmarkUseful: PracticeView,
  themes: items(ThemeView),
};
const transfer: Answers<TransferController> = { list: TransfersPage, get: TransferView, record: TransferView, edit: TransferView };
const watch: Answers<WatchController> = { list: WatchRulesPage, create: WatchRuleView, get: WatchRuleView, edit: WatchRuleView, attempt: WatchTrialView, activate: WatchRuleView, deactivate: WatchRuleView };
const queue: Answers<QueueController> = { page: QueuePage, newcomer: NewcomerView, claim: NewcomerView, release: NewcomerView, seen: NewcomerView };
const liftedName: Answers<LiftedNameController> = { lift: LiftedNameView };
const invitationBatch: Answers<InvitationBatchController> = { list: items(InvitationBatchView), run: InvitationBatchReport };
const invitationLink: Answers<InvitationLinkController> = { list: items(InvitationLinkView), create: InvitationLinkView, revoke: InvitationLinkView, open: OpenedLink, join: JoinedByLink };
const invitation: Answers<InvitationController> = { list: pageOf(InvitationView), create: InvitationView, resend: InvitationView, revoke: InvitationView, code: InvitationCode, open: OpenedInvitation, accept: AcceptedInvitation };
const moderation: Answers<ModerationController> = {
  queue: CasesPage, get: CaseView, claim: CaseView, release: CaseView, note: CaseView, decide: CaseView, decideTogether: BulkAnswer, undo: z.object({ undone: z.literal(true) }), answer: CaseView, publish: CaseView, mine: MyModerationView, appeal: MyModerationView, register: RegisterPage,
};
const charter: Answers<CharterController> = { rules: RulesView, versions: items(RuleVersionView), saveRule: RulesView, prepared: items(PreparedReasonView), savePrepared: items(PreparedReasonView), removePrepared: items(PreparedReasonView) };
const journal: Answers<JournalController> = { list: AuditPage };
const people: Answers<PeopleController> = { list: PeoplePage, get: PersonView, setRole: PersonView, add: PersonView };
const delegations: Answers<DelegationController> = { mine: DelegationsView, give: DelegationView, end: DelegationView };
const mailboxes: Answers<MailboxController> = { get: MailboxView, set: MailboxView };
const standIns: Answers<StandInController> = { list: items(WithoutAccessView), record: WithoutAccessView };
const handOver: Answers<HandOverController> = { successors: items(SuccessorView), mine: items(HandOverView), open: z.object({ id: Id }), note: HandOverView, take: HandOverView };
const accession: Answers<AccessionController> = { list: AccessionsPage, seats: items(SeatsView), get: AccessionView, open: AccessionView, moveDocument: AccessionView, handIn: AccessionView, askOpinion: AccessionView, giveOpinion: AccessionView, decide: AccessionView };
const privacy: Answers<PrivacyController> = { data: MyDataView, setMailConsent: items(ConsentView), askExport: DataExportView, askErasure: ErasureView };
const folder: Answers<FolderController> = { list: items(PracticeFolderView), get: PracticeFolderPage, save: PracticeFolderView, add: PracticeFolderView, take: PracticeFolderView };
const exchange: Answers<PracticeExchangeController> = { import: PracticeImportReport };
const project: Answers<ProjectController> = {
  list: ProjectsPage, board: ProjectsBoard, get: ProjectView, create: ProjectView, edit: ProjectView, act: ProjectView, join: ProjectView, leave: ProjectView, follow: ProjectView, unfollow: ProjectView,
  updates: ProjectUpdatesPage, add: ProjectUpdatesPage, remove: ProjectUpdatesPage, practiceDraft: PracticeContent,
};
const match: Answers<MatchController> = {
  needs: NeedsPage, need: NeedView, createNeed: NeedView, editNeed: NeedView, actOnNeed: NeedView, suggestions: items(SuggestionView), offers: OffersPage, offer: OfferView, createOffer: OfferView, editOffer: OfferView, actOnOffer: OfferView,
  introductions: IntroductionsPage, introduction: IntroductionView, propose: IntroductionView, actOnIntroduction: IntroductionView, say: IntroductionView, messages: IntroductionMessagesPage,
};
const relay: Answers<RelayController> = {
  list: RelaysPage,
  addressee: AddresseeView,
  open: RelayView,
  get: RelayView,
  letters: LettersPage,
  send: LetterView,
  read: RelayView,
};
const space: Answers<SpaceController> = {
  directory: items(SpaceCard),
  create: SpaceDetail,
  get: SpaceDetail,
  edit: SpaceDetail,
  archive: SpaceDetail,
  members: SpaceMembersPage,
  candidates: items(CandidateView),
  requests: items(SpaceRequestView),
  invitations: items(SentInvitationView),
  received: items(ReceivedInvitationView),
};
const membership: Answers<MembershipController> = {
  join: SpaceDetail,
  setRole: SpaceDetail,
  ask: SpaceDetail,
  answerRequest: SpaceDetail,
  invite: z.object({ id: Id }),
  answerInvitation: AnsweredInvitation,
};

/** What a route answers with on success, by its operation id; nothing for files and for answers without a body. */
export const answerSchemas: Record<string, z.ZodType> = Object.fromEntries(
  Object.entries({
    HealthController: health,
    AuthController: auth,
    FactorController: factor,
    OidcController: oidc,
    PasskeyController: passkey,
    FactorDemandController: factorDemand,
    ThreadController: thread,
    PostController: post,
    ReadingController: reading,
    HeldController: held,
    ReportController: report,
    ThreadGuestController: threadGuest,
    HomeController: home,
    SearchController: search,
    EventController: event,
    OrganisationController: organisation,
    PracticeController: practice,
    TransferController: transfer,
    RelayController: relay,
    FolderController: folder,
    PracticeExchangeController: exchange,
    ProjectController: project,
    MatchController: match,
    PrivacyController: privacy,
    ModerationController: moderation,
    CharterController: charter,
    InvitationBatchController: invitationBatch,
    InvitationLinkController: invitationLink,
    InvitationController: invitation,
    JournalController: journal,
    PeopleController: people,
    AccessionController: accession,
    DelegationController: delegations,
    StandInController: standIns,
    MailboxController: mailboxes,
    HandOverController: handOver,
    LiftedNameController: liftedName,
    WatchController: watch,
    QueueController: queue,
    SpaceController: space,
    MembershipController: membership,
  }).flatMap(([controller, methods]) => Object.entries(methods).map(([method, schema]) => [`${controller}_${method}`, schema] as const)),
);

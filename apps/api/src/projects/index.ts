export { countWaitingIntroductions } from './introduction-store.js';
export { NEED_STATE } from './need.visibility.js';
export { follows } from './project-store.js';
export { ProjectsModule } from './projects.module.js';

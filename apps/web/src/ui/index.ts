export { Capacity, capacityText } from './capacity';
export { Flag, Icon, Mark, Note, Via } from './graphics';
export type { IconName } from './icons';
export { announce, Empty, ErrorNote, Loaded, MapWait, Menu, type MenuItem, Sheet, Skeleton } from './parts';

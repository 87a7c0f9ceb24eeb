export { NEED_STATE } from './need.visibility.js';
export { ProjectsModule } from './projects.module.js';

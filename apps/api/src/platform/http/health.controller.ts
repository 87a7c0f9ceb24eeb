import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Public } from '../auth/auth.guard.js';
import { Database } from '../database/database.js';
import { VERSION } from '../version.js';

@ApiTags('operation')
@Public()
@Controller()
export class HealthController {
  constructor(private readonly database: Database) {}

  /** The process answers. */
  @Get('health')
  health(): { status: 'ok'; version: string } {
    return { status: 'ok', version: VERSION };
  }

  /** The database answers; migrations are done before the process listens. */
  @Get('ready')
  async ready(): Promise<{ status: 'ready' }> {
    await this.database.row('SELECT 1');
    return { status: 'ready' };
  }
}

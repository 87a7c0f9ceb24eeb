import type { AttachmentView } from '@passerelle/contract';

export interface AttachmentRow {
  id: string; name: string; type: string; bytes: number; width: number | null; height: number | null; thumbnail_key: string | null;
}

export const presentAttachment = (row: AttachmentRow): AttachmentView => ({
  id: row.id, name: row.name, type: row.type, bytes: row.bytes, width: row.width, height: row.height,
  url: `/api/attachments/${row.id}`, thumbnailUrl: row.thumbnail_key ? `/api/attachments/${row.id}?size=thumbnail` : null,
});

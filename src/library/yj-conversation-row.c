/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a conversation comes from the file and goes there. */
#define G_LOG_DOMAIN "yj-conversation"

#include "yj-conversation-object.h"

void
yj_conversation_row_free (YjConversationRow *row)
{
  g_free (row->title);
  g_free (row->model);
  g_free (row->system_prompt);
  g_free (row->draft);
  g_free (row);
}

/* One that has no row yet, and so nothing to load. */
YjConversation *
yj_conversation_new (gint64 key)
{
  YjConversation *self = g_object_new (YJ_TYPE_CONVERSATION, NULL);

  self->key = key;
  self->loaded = TRUE;
  self->updated = g_get_real_time ();
  return self;
}

YjConversation *
yj_conversation_new_from_row (const YjConversationRow *row)
{
  YjConversation *self = g_object_new (YJ_TYPE_CONVERSATION, NULL);

  self->key = row->id;
  self->stored = TRUE;
  g_set_str (&self->title, row->title != NULL ? row->title : "");
  g_set_str (&self->model, row->model);
  g_set_str (&self->system_prompt, row->system_prompt);
  g_set_str (&self->draft, row->draft);
  self->updated = row->updated;
  self->pinned = row->pinned;
  self->unread = row->unread;
  self->draft_cursor = row->draft_cursor;
  self->stream = row->stream;
  self->n_attachments = row->n_attachments;
  self->trashed = row->trashed;
  return self;
}

YjConversationRow *
yj_conversation_dup_row (YjConversation *self)
{
  YjConversationRow *row = g_new0 (YjConversationRow, 1);

  row->id = self->key;
  row->title = g_strdup (self->title);
  row->model = g_strdup (self->model);
  row->system_prompt = g_strdup (self->system_prompt);
  row->draft = g_strdup (self->draft);
  row->updated = self->updated;
  row->pinned = self->pinned;
  row->unread = self->unread;
  row->draft_cursor = self->draft_cursor;
  row->stream = self->stream;
  row->trashed = self->trashed;
  return row;
}

gint64
yj_conversation_get_key (YjConversation *self)
{
  return self->key;
}

gboolean
yj_conversation_is_stored (YjConversation *self)
{
  return self->stored;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a message comes from the file and goes there. */
#define G_LOG_DOMAIN "yj-message"

#include "yj-message-private.h"

/* ---------------------------------------------------------------- names in the file */

static const char * const roles[] = { "user", "assistant" };
static const char * const states[] = { "streaming", "complete", "stopped", "cut", "failed" };

const char *
yj_message_role_to_string (YjMessageRole role)
{
  return roles[role];
}

const char *
yj_message_state_to_string (YjMessageState state)
{
  return states[state];
}

YjMessageRole
yj_message_role_from_string (const char *string)
{
  return g_strcmp0 (string, roles[YJ_MESSAGE_USER]) == 0 ? YJ_MESSAGE_USER : YJ_MESSAGE_ASSISTANT;
}

/* A word that we do not know comes from a damaged file: what is there is shown as cut. */
YjMessageState
yj_message_state_from_string (const char *string)
{
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_strcmp0 (string, states[i]) == 0)
      return i;
  return YJ_MESSAGE_CUT;
}

/* ---------------------------------------------------------------- rows */

YjMessageRow *
yj_message_row_new (void)
{
  YjMessageRow *row = g_new0 (YjMessageRow, 1);

  row->text = g_string_new (NULL);
  row->reasoning = g_string_new (NULL);
  return row;
}

void
yj_message_row_free (YjMessageRow *row)
{
  g_string_free (row->text, TRUE);
  g_string_free (row->reasoning, TRUE);
  g_free (row->model);
  g_free (row->error);
  g_free (row->usage_id);
  g_free (row);
}

/* Takes what @row holds. */
YjMessage *
yj_message_new_from_row (YjMessageRow *row)
{
  YjMessage *self = g_object_new (YJ_TYPE_MESSAGE, NULL);

  self->key = row->id;
  self->conversation = row->conversation;
  self->parent = row->parent;
  self->role = row->role;
  self->state = row->state;
  g_string_append_len (self->text, row->text->str, row->text->len);
  g_string_append_len (self->reasoning, row->reasoning->str, row->reasoning->len);
  self->model = g_strdup (row->model);
  self->error = g_strdup (row->error);
  self->error_code = row->error_code;
  self->created = row->created;
  self->prompt_tokens = row->prompt_tokens;
  self->completion_tokens = row->completion_tokens;
  self->cached_tokens = row->cached_tokens;
  self->first_token_us = row->first_token_us;
  self->duration_us = row->duration_us;
  self->reasoning_us = row->reasoning_us;
  self->usage_id = g_strdup (row->usage_id);
  self->continued = row->continued;
  self->chosen = row->chosen;
  self->trashed = row->trashed;
  return self;
}

gint64
yj_message_get_key (YjMessage *self)
{
  return self->key;
}

void
yj_message_set_torn (YjMessage *self)
{
  self->torn = TRUE;
}

void
yj_message_set_adopts (YjMessage *self,
                       gint64     key)
{
  self->adopts = key;
}

/* What stands in @into, if anything, ends where @text was written up to. */
static void
take_text (GString  *into,
           gsize    *start,
           GString  *text,
           gsize    *written,
           gboolean  whole)
{
  if (whole)
    g_string_truncate (into, 0);
  if (into->len == 0)
    *start = whole ? 0 : *written;
  g_string_append_len (into, text->str + *start + into->len, text->len - *start - into->len);
  *written = text->len;
}

void
yj_message_take_changes (YjMessage    *self,
                         YjMessageRow *row)
{
  gboolean whole = row->whole || self->torn || self->state != YJ_MESSAGE_STREAMING || self->text_written + self->reasoning_written == 0;

  row->id = self->key;
  row->conversation = self->conversation;
  row->parent = self->parent;
  row->role = self->role;
  row->state = self->state;
  row->whole = whole;
  take_text (row->text, &row->text_start, self->text, &self->text_written, whole);
  take_text (row->reasoning, &row->reasoning_start, self->reasoning, &self->reasoning_written, whole);
  g_set_str (&row->model, self->model);
  g_set_str (&row->error, self->error);
  row->error_code = self->error_code;
  row->created = self->created;
  row->prompt_tokens = self->prompt_tokens;
  row->completion_tokens = self->completion_tokens;
  row->cached_tokens = self->cached_tokens;
  row->first_token_us = self->first_token_us;
  row->duration_us = self->duration_us;
  row->reasoning_us = self->reasoning_us;
  g_set_str (&row->usage_id, self->usage_id);
  row->continued = self->continued;
  row->chosen = self->chosen;
  row->trashed = self->trashed;
  row->adopts = self->adopts;
  self->torn = FALSE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-chat-reply.h"

#include "yj-refusal.h"

#include <string.h>

/* From chunks, or one whole reply, to text. */

/* The spans of one chunk that matter, found in one walk over it. */
typedef struct
{
  YjJson content;               /* top level: the same text as in the choice */
  YjJson reasoning;
  YjJson error;
  YjJson usage;
  YjJson status;
  YjJson choice_content;
  YjJson choice_reasoning;
  gboolean has_choice;
  gboolean whole;               /* a message, not a delta */
  gboolean finished;
} Chunk;

YjChatReply *
yj_chat_reply_new (void)
{
  YjChatReply *self = g_new0 (YjChatReply, 1);

  self->content = g_string_new (NULL);
  self->reasoning = g_string_new (NULL);
  self->prompt_tokens = -1;
  self->completion_tokens = -1;
  self->cached_tokens = -1;
  return self;
}

void
yj_chat_reply_free (YjChatReply *self)
{
  g_string_free (self->content, TRUE);
  g_string_free (self->reasoning, TRUE);
  g_free (self->model);
  g_free (self->usage_id);
  g_free (self->error);
  g_free (self);
}

static void
read_message (Chunk  *chunk,
              YjJson  message)
{
  YjJson name;
  YjJson value;
  YjJsonIter iter;

  yj_json_iter_init (&iter, message);
  while (yj_json_iter_next (&iter, &name, &value))
    {
      if (yj_json_equals (name, "content"))
        chunk->choice_content = value;
      else if (yj_json_equals (name, "reasoning_content"))
        chunk->choice_reasoning = value;
    }
}

/* The first choice; there are never more. */
static void
read_choices (Chunk  *chunk,
              YjJson  choices)
{
  YjJson name;
  YjJson value;
  YjJson choice;
  YjJsonIter iter;

  yj_json_iter_init (&iter, choices);
  if (!yj_json_is_array (choices) || !yj_json_iter_next (&iter, &name, &choice) || !yj_json_is_object (choice))
    return;
  chunk->has_choice = TRUE;
  yj_json_iter_init (&iter, choice);
  while (yj_json_iter_next (&iter, &name, &value))
    {
      if (yj_json_equals (name, "delta") && yj_json_is_object (value))
        read_message (chunk, value);
      else if (yj_json_equals (name, "message") && yj_json_is_object (value))
        {
          chunk->whole = TRUE;
          read_message (chunk, value);
        }
      else if (yj_json_equals (name, "finish_reason") && !yj_json_is_absent (value))
        chunk->finished = TRUE;
    }
}

/* Keeps the first value of what is the same in all chunks. */
static void
set_once (char   **place,
          YjJson   value)
{
  if (*place == NULL)
    *place = yj_json_dup_text (value);
}

static void
read_chunk (YjChatReply *self,
            Chunk       *chunk,
            YjJson       object)
{
  YjJson name;
  YjJson value;
  YjJsonIter iter;

  yj_json_iter_init (&iter, object);
  while (yj_json_iter_next (&iter, &name, &value))
    {
      if (yj_json_equals (name, "choices"))
        read_choices (chunk, value);
      else if (yj_json_equals (name, "content"))
        chunk->content = value;
      else if (yj_json_equals (name, "reasoning_content"))
        chunk->reasoning = value;
      else if (yj_json_equals (name, "model"))
        set_once (&self->model, value);
      else if (yj_json_equals (name, "llmusageid"))
        set_once (&self->usage_id, value);
      else if (yj_json_equals (name, "finish"))
        chunk->finished |= yj_json_equals (value, "1") || (value.length == 1 && *value.start == '1');
      else if (yj_json_equals (name, "usage"))
        chunk->usage = value;
      else if (yj_json_equals (name, "error"))
        chunk->error = value;
      else if (yj_json_equals (name, "status"))
        chunk->status = value;
    }
}

static void
take_usage (YjChatReply *self,
            YjJson       usage)
{
  YjJson details = yj_json_get (usage, "prompt_tokens_details");

  self->prompt_tokens = yj_json_get_integer (yj_json_get (usage, "prompt_tokens"), self->prompt_tokens);
  self->completion_tokens = yj_json_get_integer (yj_json_get (usage, "completion_tokens"), self->completion_tokens);
  self->cached_tokens = yj_json_get_integer (yj_json_get (details, "cached_tokens"), self->cached_tokens);
}

/* Appends the first of two spans that has text. They are the same text twice, so never both. */
static gboolean
take_either (GString *into,
             YjJson   first,
             YjJson   second)
{
  gsize before = into->len;

  if (!yj_json_append_string (first, into) || into->len == before)
    yj_json_append_string (second, into);
  return into->len > before;
}

static void
fail (YjChatReply *self,
      char        *message)
{
  self->failed = TRUE;
  g_free (self->error);
  self->error = message;
}

static gboolean
says_failed (YjJson status)
{
  static const char *const words[] = { "failed", "error", "need_login", "no_permission" };
  g_autofree char *word = yj_json_dup_string (status);

  for (gsize i = 0; word != NULL && i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (word, words[i]) == 0)
      return TRUE;
  return FALSE;
}

/**
 * yj_chat_reply_take:
 * @self: an answer
 * @object: a chunk, a whole reply, or an error line
 *
 * Adds what @object says. The text of `choices[0].delta.content` (of a whole reply, `choices[0].message.content`)
 * counts, or that of the top-level `content`, never both; null is the same as missing.
 */
void
yj_chat_reply_take (YjChatReply *self,
                    YjJson       object)
{
  Chunk chunk = { 0 };
  gboolean text = FALSE;

  read_chunk (self, &chunk, object);
  if (!yj_json_is_absent (chunk.error) || says_failed (chunk.status))
    {
      g_autofree char *message = yj_refusal_dup_message (object);

      fail (self, message != NULL ? g_steal_pointer (&message) : yj_json_dup_string (chunk.status));
      return;
    }
  self->understood = TRUE;
  /* A whole reply after the text came in pieces would say it all a second time. */
  if (!(chunk.whole && self->has_text))
    {
      take_either (self->reasoning, chunk.choice_reasoning, chunk.reasoning);
      text = take_either (self->content, chunk.choice_content, chunk.content);
    }
  self->has_text |= text;
  if (!yj_json_is_absent (chunk.usage))
    {
      take_usage (self, chunk.usage);
      self->finished |= !text && !chunk.has_choice;
    }
  self->finished |= chunk.finished;
}

/**
 * yj_chat_reply_take_text:
 * @self: an answer
 * @span: a line that is no object
 *
 * A line that is about an error ends the answer as failed; the first other one is kept as the reason, should the
 * answer turn out not to be one at all.
 */
void
yj_chat_reply_take_text (YjChatReply *self,
                         YjJson       span)
{
  g_autofree char *text = yj_refusal_dup_plain (span.start, span.length);
  gboolean error = *span.start == '{' && g_strstr_len (span.start, MIN (span.length, 64), "error") != NULL;

  if (error)
    fail (self, g_steal_pointer (&text));
  else if (self->error == NULL)
    self->error = g_steal_pointer (&text);
}

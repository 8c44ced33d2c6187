/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of a message. */
#define G_LOG_DOMAIN "yj-message"

#include "yj-message-private.h"

/**
 * yj_message_get_id:
 * @self: a message
 *
 * Returns: the id of its row (`messages.id`), 0 until it is stored
 */
gint64
yj_message_get_id (YjMessage *self)
{
  g_return_val_if_fail (YJ_IS_MESSAGE (self), -1);

  return self->stored ? self->key : 0;
}

/**
 * yj_message_get_role:
 * @self: a message
 *
 * Returns: whose message it is
 */
YjMessageRole
yj_message_get_role (YjMessage *self)
{
  g_return_val_if_fail (YJ_IS_MESSAGE (self), 0);

  return self->role;
}

/**
 * yj_message_get_state:
 * @self: a message
 *
 * Returns: how far it has come; one found as `streaming` in the file is shown as cut
 */
YjMessageState
yj_message_get_state (YjMessage *self)
{
  g_return_val_if_fail (YJ_IS_MESSAGE (self), 0);

  return self->state;
}

/**
 * yj_message_get_text:
 * @self: a message
 *
 * Returns: the text so far, UTF-8, never %NULL; valid until it grows
 */
const char *
yj_message_get_text (YjMessage *self)
{
  g_return_val_if_fail (YJ_IS_MESSAGE (self), NULL);

  return self->text->str;
}

/**
 * yj_message_get_reasoning:
 * @self: a message
 *
 * Returns: what the model thought aloud so far, never %NULL; valid until it grows
 */
const char *
yj_message_get_reasoning (YjMessage *self)
{
  g_return_val_if_fail (YJ_IS_MESSAGE (self), NULL);

  return self->reasoning->str;
}

/**
 * yj_message_get_model:
 * @self: a message
 *
 * Returns: (nullable): the name of the model that answered or was asked
 */
const char *
yj_message_get_model (YjMessage *self)
{
  g_return_val_if_fail (YJ_IS_MESSAGE (self), NULL);

  return self->model;
}

/**
 * yj_message_get_error:
 * @self: a message
 *
 * Returns: (nullable): the platform's own words when it failed
 */
const char *
yj_message_get_error (YjMessage *self)
{
  g_return_val_if_fail (YJ_IS_MESSAGE (self), NULL);

  return self->error;
}

/**
 * yj_message_get_error_code:
 * @self: a message
 *
 * Returns: a `YjError`, -1 when nothing went wrong
 */
int
yj_message_get_error_code (YjMessage *self)
{
  g_return_val_if_fail (YJ_IS_MESSAGE (self), -1);

  return self->error_code;
}

/**
 * yj_message_get_created:
 * @self: a message
 *
 * Returns: when it was added, µs since 1970, UTC
 */
gint64
yj_message_get_created (YjMessage *self)
{
  g_return_val_if_fail (YJ_IS_MESSAGE (self), -1);

  return self->created;
}

/**
 * yj_message_get_prompt_tokens:
 * @self: a message
 *
 * Returns: tokens of the question, -1: unknown
 */
gint64
yj_message_get_prompt_tokens (YjMessage *self)
{
  g_return_val_if_fail (YJ_IS_MESSAGE (self), -1);

  return self->prompt_tokens;
}

/**
 * yj_message_get_completion_tokens:
 * @self: a message
 *
 * Returns: tokens of the answer, -1: unknown
 */
gint64
yj_message_get_completion_tokens (YjMessage *self)
{
  g_return_val_if_fail (YJ_IS_MESSAGE (self), -1);

  return self->completion_tokens;
}

/**
 * yj_message_get_cached_tokens:
 * @self: a message
 *
 * Returns: tokens of the question that the platform had in its cache, -1: unknown
 */
gint64
yj_message_get_cached_tokens (YjMessage *self)
{
  g_return_val_if_fail (YJ_IS_MESSAGE (self), -1);

  return self->cached_tokens;
}

/**
 * yj_message_get_first_token_us:
 * @self: a message
 *
 * Returns: µs from sending to the first text, -1: unknown
 */
gint64
yj_message_get_first_token_us (YjMessage *self)
{
  g_return_val_if_fail (YJ_IS_MESSAGE (self), -1);

  return self->first_token_us;
}

/**
 * yj_message_get_duration_us:
 * @self: a message
 *
 * Returns: µs from sending to the last byte, -1: unknown
 */
gint64
yj_message_get_duration_us (YjMessage *self)
{
  g_return_val_if_fail (YJ_IS_MESSAGE (self), -1);

  return self->duration_us;
}

/**
 * yj_message_get_reasoning_us:
 * @self: a message
 *
 * Returns: µs from the first thought to the first word of the text or the end, -1: unknown
 */
gint64
yj_message_get_reasoning_us (YjMessage *self)
{
  g_return_val_if_fail (YJ_IS_MESSAGE (self), -1);

  return self->reasoning_us;
}

/**
 * yj_message_get_stalled:
 * @self: a message
 *
 * Returns: whether the answer is under way and nothing has come of it for long
 */
gboolean
yj_message_get_stalled (YjMessage *self)
{
  g_return_val_if_fail (YJ_IS_MESSAGE (self), FALSE);

  return self->stalled;
}

/**
 * yj_message_get_usage_id:
 * @self: a message
 *
 * Returns: (nullable): the platform's id of this use (`llmusageid`)
 */
const char *
yj_message_get_usage_id (YjMessage *self)
{
  g_return_val_if_fail (YJ_IS_MESSAGE (self), NULL);

  return self->usage_id;
}

/**
 * yj_message_get_continued:
 * @self: a message
 *
 * Returns: how often the model was asked to go on where the answer had been cut
 */
guint
yj_message_get_continued (YjMessage *self)
{
  g_return_val_if_fail (YJ_IS_MESSAGE (self), 0);

  return self->continued;
}

/**
 * yj_message_get_sibling:
 * @self: a message
 * @n_siblings: (out) (optional): how many there are
 *
 * Of a question the other versions, of an answer the other answers to the same question.
 *
 * Returns: which of them it is, from 1
 */
guint
yj_message_get_sibling (YjMessage *self,
                        guint     *n_siblings)
{
  g_return_val_if_fail (YJ_IS_MESSAGE (self), 1);

  if (n_siblings != NULL)
    *n_siblings = self->n_siblings;
  return self->sibling;
}

/**
 * yj_message_get_n_hidden:
 * @self: a message of the branch that is shown
 *
 * Returns: how many messages follow its siblings, not counting the answers to them
 */
guint
yj_message_get_n_hidden (YjMessage *self)
{
  g_return_val_if_fail (YJ_IS_MESSAGE (self), 0);

  return self->n_hidden;
}

/**
 * yj_message_get_history_begins:
 * @self: a message
 *
 * Returns: whether it is the first that the model is told of, with others before it that are left out
 */
gboolean
yj_message_get_history_begins (YjMessage *self)
{
  g_return_val_if_fail (YJ_IS_MESSAGE (self), FALSE);

  return self->history_begins;
}

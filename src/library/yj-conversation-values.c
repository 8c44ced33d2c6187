/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of a conversation. */
#define G_LOG_DOMAIN "yj-conversation"

#include "yj-conversation-object.h"

/**
 * yj_conversation_get_id:
 * @self: a conversation
 *
 * Returns: the id of its row (`conversations.id`), 0 until it is stored
 */
gint64
yj_conversation_get_id (YjConversation *self)
{
  g_return_val_if_fail (YJ_IS_CONVERSATION (self), 0);

  return self->stored ? self->key : 0;
}

/**
 * yj_conversation_get_title:
 * @self: a conversation
 *
 * Returns: its title, never %NULL; empty until its first question or a person gave one
 */
const char *
yj_conversation_get_title (YjConversation *self)
{
  g_return_val_if_fail (YJ_IS_CONVERSATION (self), NULL);

  return self->title;
}

/**
 * yj_conversation_get_updated:
 * @self: a conversation
 *
 * Returns: when a message was last added, µs since 1970, UTC
 */
gint64
yj_conversation_get_updated (YjConversation *self)
{
  g_return_val_if_fail (YJ_IS_CONVERSATION (self), 0);

  return self->updated;
}

/**
 * yj_conversation_get_model:
 * @self: a conversation
 *
 * Returns: (nullable): the model chosen for it
 */
const char *
yj_conversation_get_model (YjConversation *self)
{
  g_return_val_if_fail (YJ_IS_CONVERSATION (self), NULL);

  return self->model;
}

/**
 * yj_conversation_get_system_prompt:
 * @self: a conversation
 *
 * Returns: (nullable): the system prompt of its questions
 */
const char *
yj_conversation_get_system_prompt (YjConversation *self)
{
  g_return_val_if_fail (YJ_IS_CONVERSATION (self), NULL);

  return self->system_prompt;
}

/**
 * yj_conversation_get_waiting:
 * @self: a conversation
 *
 * Returns: (transfer none): the #GListModel of [class@Yj.Waiting] that are to be asked next, the first one first;
 *   changed by [method@Yj.Library.save_waiting]
 */
GListStore *
yj_conversation_get_waiting (YjConversation *self)
{
  g_return_val_if_fail (YJ_IS_CONVERSATION (self), NULL);

  return self->waiting;
}

/**
 * yj_conversation_get_waiting_rests:
 * @self: a conversation
 *
 * Returns: whether what waits does not follow by itself, as after a restart
 */
gboolean
yj_conversation_get_waiting_rests (YjConversation *self)
{
  g_return_val_if_fail (YJ_IS_CONVERSATION (self), FALSE);

  return self->waiting_rests;
}

/**
 * yj_conversation_get_stream:
 * @self: a conversation
 *
 * Returns: whether its answers are to come piece by piece; -1: as is preferred for all
 */
int
yj_conversation_get_stream (YjConversation *self)
{
  g_return_val_if_fail (YJ_IS_CONVERSATION (self), -1);

  return self->stream;
}

/**
 * yj_conversation_get_loaded:
 * @self: a conversation
 *
 * Returns: whether its messages are here; a new one is loaded from the start
 */
gboolean
yj_conversation_get_loaded (YjConversation *self)
{
  g_return_val_if_fail (YJ_IS_CONVERSATION (self), FALSE);

  return self->loaded;
}

/**
 * yj_conversation_get_pinned:
 * @self: a conversation
 *
 * Returns: whether it stands above the others
 */
gboolean
yj_conversation_get_pinned (YjConversation *self)
{
  g_return_val_if_fail (YJ_IS_CONVERSATION (self), FALSE);

  return self->pinned;
}

/**
 * yj_conversation_get_unread:
 * @self: a conversation
 *
 * Returns: whether an answer ended in it while nobody looked
 */
gboolean
yj_conversation_get_unread (YjConversation *self)
{
  g_return_val_if_fail (YJ_IS_CONVERSATION (self), FALSE);

  return self->unread;
}

/**
 * yj_conversation_get_busy:
 * @self: a conversation
 *
 * Returns: whether an answer is on its way in it; set by who asks, never stored
 */
gboolean
yj_conversation_get_busy (YjConversation *self)
{
  g_return_val_if_fail (YJ_IS_CONVERSATION (self), FALSE);

  return self->busy;
}

/**
 * yj_conversation_get_trashed:
 * @self: a conversation
 *
 * Returns: when it went into the trash, µs since 1970, UTC; 0 when it is not there
 */
gint64
yj_conversation_get_trashed (YjConversation *self)
{
  g_return_val_if_fail (YJ_IS_CONVERSATION (self), 0);

  return self->trashed;
}

/* ---------------------------------------------------------------- for the library */

gboolean
yj_conversation_is_empty (YjConversation *self)
{
  /* What was deleted can still be brought back. */
  return yj_message_tree_is_empty (self->tree) && !yj_conversation_has_draft (self) &&
         g_list_model_get_n_items (G_LIST_MODEL (self->waiting)) == 0 &&
         (self->system_prompt == NULL || *self->system_prompt == '\0');
}

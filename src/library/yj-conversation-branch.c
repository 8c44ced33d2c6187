/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The messages of a conversation: a tree of which one branch is shown. */
#define G_LOG_DOMAIN "yj-conversation"

#include "yj-conversation-object.h"

/* ---------------------------------------------------------------- how it changes */

YjMessageTree *
yj_conversation_get_tree (YjConversation *self)
{
  return self->tree;
}

static void
update_siblings (YjConversation *self)
{
  for (guint i = 0; i < self->messages->len; i++)
    yj_message_tree_update_siblings (self->tree, self->messages->pdata[i]);
}

/* Brings the list to what the tree says now. */
void
yj_conversation_update_branch (YjConversation *self)
{
  g_autoptr(GPtrArray) old = self->messages;
  guint n_old = old->len, n_new, begin = 0, end = 0;

  self->messages = yj_message_tree_list_branch (self->tree);
  n_new = self->messages->len;
  update_siblings (self);
  while (begin < MIN (n_old, n_new) && old->pdata[begin] == self->messages->pdata[begin])
    begin++;
  while (end < MIN (n_old, n_new) - begin && old->pdata[n_old - 1 - end] == self->messages->pdata[n_new - 1 - end])
    end++;
  if (begin + end < MAX (n_old, n_new))
    yj_conversation_tell_items (self, begin, n_old - begin - end, n_new - begin - end);
}

/* Below @parent, and so that it is shown; NULL: as another beginning. What hangs below @adopted, if anything, hangs
   below @message then. */
void
yj_conversation_add (YjConversation *self,
                     YjMessage      *parent,
                     YjMessage      *message,
                     YjMessage      *adopted)
{
  gboolean at_end = parent == yj_conversation_get_last (self);

  yj_message_tree_add (self->tree, parent, message);
  if (adopted != NULL)
    yj_message_tree_adopt (self->tree, message, adopted);
  g_ptr_array_unref (yj_message_tree_choose (self->tree, message));
  if (at_end)
    {
      /* The usual case costs the same however long the conversation is. */
      g_ptr_array_add (self->messages, message);
      yj_message_tree_update_siblings (self->tree, message);
      yj_conversation_tell_items (self, self->messages->len - 1, 0, 1);
    }
  else
    yj_conversation_update_branch (self);
}

YjMessage *
yj_conversation_get_last (YjConversation *self)
{
  return self->messages->len > 0 ? self->messages->pdata[self->messages->len - 1] : NULL;
}

/* ---------------------------------------------------------------- how it is loaded */

/* One whose parent is missing or comes after it, as only in a damaged file, goes where it was added: nothing is lost. */
static void
add_stored (YjConversation *self,
            GHashTable     *known,
            YjMessageRow   *row,
            YjMessage      *before)
{
  g_autoptr(YjMessage) message = yj_message_new_from_row (row);
  YjMessage *parent = g_hash_table_lookup (known, &row->parent);

  yj_message_set_stored (message);
  yj_message_tree_add (self->tree, row->parent != 0 && parent == NULL ? before : parent, message);
  g_hash_table_insert (known, &row->id, message);
}

static gboolean
has_key (GPtrArray *messages,
         gint64     key)
{
  for (guint i = 0; i < messages->len; i++)
    if (yj_message_get_key (messages->pdata[i]) == key)
      return TRUE;
  return FALSE;
}

/* The few messages that are here were added while the others were read, and may have been stored in time to be read
   again: they come behind. Returns them, as what they hang below has to be written; borrowed. */
GPtrArray *
yj_conversation_set_loaded (YjConversation *self,
                            GPtrArray      *rows)
{
  g_autoptr(GPtrArray) added = self->messages;
  g_autoptr(GHashTable) known = g_hash_table_new (g_int64_hash, g_int64_equal);
  YjMessage *before = NULL;
  guint n;

  for (guint i = 0; i < added->len; i++)
    g_object_ref (added->pdata[i]);
  g_ptr_array_set_free_func (added, g_object_unref);
  yj_message_tree_free (self->tree);
  self->tree = yj_message_tree_new ();
  for (guint i = 0; i < rows->len; i++)
    {
      YjMessageRow *row = rows->pdata[i];

      if (has_key (added, row->id))
        continue;
      add_stored (self, known, row, before);
      before = g_hash_table_lookup (known, &row->id);
    }
  self->messages = yj_message_tree_list_branch (self->tree);
  n = self->messages->len;
  for (guint i = 0; i < added->len; i++)
    {
      yj_message_tree_add (self->tree, yj_conversation_get_last (self), added->pdata[i]);
      g_ptr_array_unref (yj_message_tree_choose (self->tree, added->pdata[i]));
      g_ptr_array_add (self->messages, added->pdata[i]);
    }
  update_siblings (self);
  self->loaded = TRUE;
  yj_conversation_tell_items (self, 0, 0, n);
  g_object_notify (G_OBJECT (self), "loaded");
  return g_steal_pointer (&added);
}

/* ---------------------------------------------------------------- what is asked of it */

/**
 * yj_conversation_is_deleted:
 * @self: a conversation
 * @message: one of its messages
 *
 * Returns: whether @message was deleted
 */
gboolean
yj_conversation_is_deleted (YjConversation *self,
                            YjMessage      *message)
{
  g_return_val_if_fail (YJ_IS_CONVERSATION (self), FALSE);
  g_return_val_if_fail (YJ_IS_MESSAGE (message), FALSE);

  return message->trashed != 0;
}

/**
 * yj_conversation_get_parent:
 * @self: a conversation
 * @message: one of its messages
 *
 * Returns: (transfer none) (nullable): the message that @message follows, of an answer its question; %NULL: it begins
 *   the conversation
 */
YjMessage *
yj_conversation_get_parent (YjConversation *self,
                            YjMessage      *message)
{
  g_return_val_if_fail (YJ_IS_CONVERSATION (self), NULL);
  g_return_val_if_fail (YJ_IS_MESSAGE (message) && message->node != NULL, NULL);

  return yj_message_tree_get_parent (self->tree, message);
}

/**
 * yj_conversation_list_siblings:
 * @self: a conversation
 * @message: one of its messages
 *
 * Returns: (transfer container) (element-type YjMessage): the versions of a question, or the answers to one question,
 *   that are not deleted, oldest first
 */
GPtrArray *
yj_conversation_list_siblings (YjConversation *self,
                               YjMessage      *message)
{
  g_return_val_if_fail (YJ_IS_CONVERSATION (self), NULL);
  g_return_val_if_fail (YJ_IS_MESSAGE (message) && message->node != NULL, NULL);

  return yj_message_tree_list_children (self->tree, yj_message_tree_get_parent (self->tree, message));
}

/**
 * yj_conversation_list_answers:
 * @self: a conversation
 * @question: one of its messages
 *
 * Returns: (transfer container) (element-type YjMessage): what hangs directly below @question and is not deleted,
 *   oldest first
 */
GPtrArray *
yj_conversation_list_answers (YjConversation *self,
                              YjMessage      *question)
{
  g_return_val_if_fail (YJ_IS_CONVERSATION (self), NULL);
  g_return_val_if_fail (YJ_IS_MESSAGE (question) && question->node != NULL, NULL);

  return yj_message_tree_list_children (self->tree, question);
}

/**
 * yj_conversation_count_below:
 * @self: a conversation
 * @message: one of its messages
 *
 * Returns: how many messages hang below it, in all branches
 */
guint
yj_conversation_count_below (YjConversation *self,
                             YjMessage      *message)
{
  g_return_val_if_fail (YJ_IS_CONVERSATION (self), 0);
  g_return_val_if_fail (YJ_IS_MESSAGE (message) && message->node != NULL, 0);

  return yj_message_tree_count_below (self->tree, message);
}

/**
 * yj_conversation_find:
 * @self: a conversation
 * @message: a message
 * @position: (out) (optional): where it stands
 *
 * Returns: whether it is on the branch that is shown
 */
gboolean
yj_conversation_find (YjConversation *self,
                      YjMessage      *message,
                      guint          *position)
{
  g_return_val_if_fail (YJ_IS_CONVERSATION (self), FALSE);

  return g_ptr_array_find (self->messages, message, position);
}

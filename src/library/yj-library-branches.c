/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done with the branches of a conversation, and with the questions that wait in it. */
#define G_LOG_DOMAIN "yj-library"

#include "yj-library-private.h"
#include "yj-message-tree.h"

/**
 * yj_library_choose_message:
 * @self: a library
 * @conversation: a loaded conversation
 * @message: one of its messages
 *
 * Has the branch that is shown go through @message, and further down through what was chosen last there; stored behind.
 */
void
yj_library_choose_message (YjLibrary      *self,
                           YjConversation *conversation,
                           YjMessage      *message)
{
  g_autoptr(GPtrArray) changed = NULL;

  g_return_if_fail (YJ_IS_LIBRARY (self));
  g_return_if_fail (YJ_IS_CONVERSATION (conversation));
  g_return_if_fail (YJ_IS_MESSAGE (message) && message->node != NULL);

  changed = yj_message_tree_choose (yj_conversation_get_tree (conversation), message);
  for (guint i = 0; i < changed->len; i++)
    {
      /* Of one that grows only the new text would be written otherwise. */
      yj_message_set_torn (changed->pdata[i]);
      yj_library_save_message (self, changed->pdata[i]);
    }
  yj_conversation_update_branch (conversation);
}

/**
 * yj_library_choose_id:
 * @self: a library
 * @conversation: a loaded conversation
 * @id: the id of one of its messages
 *
 * Has the message be on the branch that is shown, as when it was searched for.
 *
 * Returns: (transfer none) (nullable): the message; %NULL when it is not there, or not any more
 */
YjMessage *
yj_library_choose_id (YjLibrary      *self,
                      YjConversation *conversation,
                      gint64          id)
{
  YjMessage *message;

  g_return_val_if_fail (YJ_IS_LIBRARY (self), NULL);
  g_return_val_if_fail (YJ_IS_CONVERSATION (conversation), NULL);

  message = yj_message_tree_find (yj_conversation_get_tree (conversation), id);
  if (message != NULL && !yj_conversation_find (conversation, message, NULL))
    yj_library_choose_message (self, conversation, message);
  return message;
}

/**
 * yj_library_edit_message:
 * @self: a library
 * @conversation: a loaded conversation
 * @message: one of its questions
 * @text: what it is to say
 *
 * Adds another version of a question that all that follows the old one hangs below from now on. The old one stays, as
 * the other version, with nothing behind it: nothing is overwritten.
 *
 * Returns: (transfer none): the new version
 */
YjMessage *
yj_library_edit_message (YjLibrary      *self,
                         YjConversation *conversation,
                         YjMessage      *message,
                         const char     *text)
{
  YjMessage *parent;

  g_return_val_if_fail (YJ_IS_LIBRARY (self), NULL);
  g_return_val_if_fail (YJ_IS_CONVERSATION (conversation), NULL);
  g_return_val_if_fail (YJ_IS_MESSAGE (message) && message->node != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  parent = yj_message_tree_get_parent (yj_conversation_get_tree (conversation), message);
  return yj_library_make_message (self, conversation, parent, message->role, text, message);
}

/* ---------------------------------------------------------------- deleting */

typedef struct
{
  YjTrashRow  row;
  GPtrArray  *messages;
} Trash;

static void
trash_free (gpointer data)
{
  Trash *trash = data;

  g_array_unref (trash->row.ids);
  g_ptr_array_unref (trash->messages);
  g_free (trash);
}

static void
trash_messages (YjDatabase *database,
                GTask      *task,
                gpointer    task_data)
{
  Trash *trash = task_data;
  GError *error = NULL;

  if (yj_database_transact (database, yj_rows_trash_messages, &trash->row, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
trashed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  YjLibrary *self = YJ_LIBRARY (object);
  Trash *trash = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      yj_library_try_again (self);
      return;
    }
  for (guint i = 0; i < trash->messages->len; i++)
    {
      yj_message_set_torn (trash->messages->pdata[i]);
      g_hash_table_add (self->unsaved, g_object_ref (trash->messages->pdata[i]));
    }
  yj_library_tell_failed (self, error);
}

static void
store_trashed (YjLibrary *self,
               GPtrArray *messages,
               gint64     when)
{
  Trash *trash = g_new0 (Trash, 1);
  GTask *task = g_task_new (self, NULL, trashed_cb, NULL);

  trash->row.when = when;
  trash->row.ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), messages->len);
  trash->messages = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < messages->len; i++)
    {
      YjMessage *message = messages->pdata[i];

      g_array_append_val (trash->row.ids, message->key);
      g_ptr_array_add (trash->messages, g_object_ref (message));
    }
  g_task_set_source_tag (task, store_trashed);
  g_task_set_task_data (task, trash, trash_free);
  yj_library_push (self, task, trash_messages);
}

/**
 * yj_library_trash_message:
 * @self: a library
 * @conversation: a loaded conversation
 * @message: one of its messages
 *
 * Deletes @message and all that hangs below it, in all branches. It stays in the file for 30 days, and
 * [method@Yj.Library.restore_message] brings it back while the conversation is in memory.
 */
void
yj_library_trash_message (YjLibrary      *self,
                          YjConversation *conversation,
                          YjMessage      *message)
{
  g_autoptr(GPtrArray) changed = NULL;
  gint64 now = g_get_real_time ();

  g_return_if_fail (YJ_IS_LIBRARY (self));
  g_return_if_fail (YJ_IS_CONVERSATION (conversation));
  g_return_if_fail (YJ_IS_MESSAGE (message) && message->node != NULL && message->trashed == 0);

  changed = yj_message_tree_trash (yj_conversation_get_tree (conversation), message, now);
  store_trashed (self, changed, now);
  yj_conversation_update_branch (conversation);
}

/**
 * yj_library_restore_message:
 * @self: a library
 * @conversation: the conversation
 * @message: a message that was deleted
 *
 * Brings back @message, what was deleted with it and what it hangs below, and shows it. A conversation that has gone
 * into the trash meanwhile, as one of which nothing is left does, comes back with it.
 */
void
yj_library_restore_message (YjLibrary      *self,
                            YjConversation *conversation,
                            YjMessage      *message)
{
  g_autoptr(GPtrArray) changed = NULL;

  g_return_if_fail (YJ_IS_LIBRARY (self));
  g_return_if_fail (YJ_IS_CONVERSATION (conversation));
  g_return_if_fail (YJ_IS_MESSAGE (message) && message->node != NULL && message->trashed != 0);

  yj_library_restore_conversation (self, conversation);
  changed = yj_message_tree_restore (yj_conversation_get_tree (conversation), message);
  store_trashed (self, changed, 0);
  yj_library_choose_message (self, conversation, message);
}

/* ---------------------------------------------------------------- questions that wait */

static void
waiting_row_free (gpointer data)
{
  YjWaitingRow *row = data;

  g_strfreev (row->texts);
  g_free (row);
}

static void
save_waiting (YjDatabase *database,
              GTask      *task,
              gpointer    task_data)
{
  GError *error = NULL;

  if (yj_database_transact (database, yj_rows_write_waiting, task_data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
waiting_saved_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  YjLibrary *self = YJ_LIBRARY (object);
  g_autoptr(YjConversation) conversation = user_data;
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      yj_library_try_again (self);
      return;
    }
  g_hash_table_add (self->unsaved, g_steal_pointer (&conversation));
  yj_library_tell_failed (self, error);
}

/**
 * yj_library_save_waiting:
 * @self: a library
 * @conversation: a loaded conversation that holds a message
 *
 * Stores what [method@Yj.Conversation.get_waiting] holds, behind. A failure is told by [signal@Yj.Library::failed].
 */
void
yj_library_save_waiting (YjLibrary      *self,
                         YjConversation *conversation)
{
  g_autoptr(GStrvBuilder) texts = g_strv_builder_new ();
  GListModel *waiting;
  YjWaitingRow *row;
  GTask *task;

  g_return_if_fail (YJ_IS_LIBRARY (self));
  g_return_if_fail (YJ_IS_CONVERSATION (conversation));

  /* What is in the file and not here yet is not to be lost. */
  if (!yj_conversation_get_loaded (conversation))
    return;
  waiting = G_LIST_MODEL (yj_conversation_get_waiting (conversation));
  for (guint i = 0; i < g_list_model_get_n_items (waiting); i++)
    {
      g_autoptr(YjWaiting) item = g_list_model_get_item (waiting, i);

      g_strv_builder_add (texts, yj_waiting_get_text (item));
    }
  row = g_new0 (YjWaitingRow, 1);
  row->conversation = yj_conversation_get_key (conversation);
  row->texts = g_strv_builder_end (texts);
  task = g_task_new (self, NULL, waiting_saved_cb, g_object_ref (conversation));
  g_task_set_source_tag (task, yj_library_save_waiting);
  g_task_set_task_data (task, row, waiting_row_free);
  yj_library_push (self, task, save_waiting);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-library"

#include "yj-library-private.h"

int
yj_library_compare_trashed (gconstpointer a,
                            gconstpointer b,
                            gpointer      user_data)
{
  gint64 x = yj_conversation_get_trashed ((YjConversation *) a);
  gint64 y = yj_conversation_get_trashed ((YjConversation *) b);

  return x > y ? -1 : x < y;
}

/* The list may have held the last reference: the caller has one. */
static void
take_out (GListStore     *list,
          YjConversation *conversation)
{
  guint position;

  if (g_list_store_find (list, conversation, &position))
    g_list_store_remove (list, position);
}

/* ---------------------------------------------------------------- what holds nothing */

typedef struct
{
  YjDropRow       row;
  YjConversation *conversation;
} Drop;

static void
drop_free (gpointer data)
{
  Drop *drop = data;

  g_object_unref (drop->conversation);
  g_free (drop);
}

static void
drop_conversation (YjDatabase *database,
                   GTask      *task,
                   gpointer    task_data)
{
  Drop *drop = task_data;
  GError *error = NULL;

  if (yj_database_transact (database, yj_rows_drop_conversation, &drop->row, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
dropped_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  YjLibrary *self = YJ_LIBRARY (object);
  Drop *drop = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    yj_library_tell_failed (self, error);
  else if (drop->row.kept)
    {
      yj_conversation_set_trashed (drop->conversation, drop->row.when);
      g_list_store_insert_sorted (self->trash, drop->conversation, yj_library_compare_trashed, NULL);
    }
}

/* For good, unless the file holds messages of it that were deleted before it was loaded: it goes into the trash then. */
static void
drop_empty (YjLibrary      *self,
            YjConversation *conversation)
{
  Drop *drop = g_new0 (Drop, 1);
  GTask *task;

  drop->row.id = yj_conversation_get_key (conversation);
  drop->row.when = g_get_real_time ();
  drop->conversation = g_object_ref (conversation);
  take_out (self->conversations, conversation);
  g_hash_table_remove (self->unsaved, conversation);
  g_hash_table_remove (self->unsaved_drafts, conversation);
  task = g_task_new (self, NULL, dropped_cb, NULL);
  g_task_set_source_tag (task, drop_conversation);
  g_task_set_task_data (task, drop, drop_free);
  yj_library_push (self, task, drop_conversation);
}

/* ---------------------------------------------------------------- there and back */

/**
 * yj_library_trash_conversation:
 * @self: a library
 * @conversation: one of its conversations
 *
 * Takes it out of the list and into the trash, where it stays for `YJ_TRASH_DAYS`. One that holds nothing, neither
 * message, be it a deleted one, nor draft nor system prompt nor a question that waits, goes for good. [method@Yj.Library.restore_conversation] puts it back.
 */
void
yj_library_trash_conversation (YjLibrary      *self,
                               YjConversation *conversation)
{
  g_autoptr(YjConversation) kept = NULL;

  g_return_if_fail (YJ_IS_LIBRARY (self));
  g_return_if_fail (YJ_IS_CONVERSATION (conversation));

  if (yj_conversation_get_trashed (conversation) != 0)
    return;
  if (yj_conversation_get_loaded (conversation) && yj_conversation_is_empty (conversation))
    {
      drop_empty (self, conversation);
      return;
    }
  kept = g_object_ref (conversation);
  yj_conversation_set_trashed (conversation, g_get_real_time ());
  yj_library_save_conversation (self, conversation);
  take_out (self->conversations, conversation);
  g_list_store_insert (self->trash, 0, conversation);
}

/**
 * yj_library_restore_conversation:
 * @self: a library
 * @conversation: a conversation
 *
 * Puts it back where it was, when it is in the trash.
 */
void
yj_library_restore_conversation (YjLibrary      *self,
                                 YjConversation *conversation)
{
  g_autoptr(YjConversation) kept = NULL;
  guint position;

  g_return_if_fail (YJ_IS_LIBRARY (self));
  g_return_if_fail (YJ_IS_CONVERSATION (conversation));

  /* Or it was deleted for good while an offer to undo was still on show. */
  if (!g_list_store_find (self->trash, conversation, &position))
    return;
  kept = g_object_ref (conversation);
  g_list_store_remove (self->trash, position);
  yj_conversation_set_trashed (conversation, 0);
  yj_library_save_conversation (self, conversation);
  yj_library_put_in_order (self, conversation);
}

static void
delete_conversation (YjDatabase *database,
                     GTask      *task,
                     gpointer    task_data)
{
  GError *error = NULL;

  if (yj_database_transact (database, yj_rows_delete_conversation, task_data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
deleted_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    yj_library_tell_failed (YJ_LIBRARY (object), error);
}

/**
 * yj_library_delete_conversation:
 * @self: a library
 * @conversation: one of its conversations, in the trash or not
 *
 * Deletes it with all its messages, for good. It is out of the lists at once; a failure is told by
 * [signal@Yj.Library::failed], and it is back after a restart then.
 */
void
yj_library_delete_conversation (YjLibrary      *self,
                                YjConversation *conversation)
{
  g_autoptr(YjConversation) kept = NULL;
  gint64 key;
  GTask *task;

  g_return_if_fail (YJ_IS_LIBRARY (self));
  g_return_if_fail (YJ_IS_CONVERSATION (conversation));

  kept = g_object_ref (conversation);
  key = yj_conversation_get_key (conversation);
  take_out (self->conversations, conversation);
  take_out (self->trash, conversation);
  g_hash_table_remove (self->unsaved, conversation);
  g_hash_table_remove (self->unsaved_drafts, conversation);
  task = g_task_new (self, NULL, deleted_cb, NULL);
  g_task_set_source_tag (task, yj_library_delete_conversation);
  g_task_set_task_data (task, g_memdup2 (&key, sizeof key), g_free);
  yj_library_push (self, task, delete_conversation);
}

/**
 * yj_library_get_trash:
 * @self: a library
 *
 * Returns: (transfer none): a #GListModel of the [class@Yj.Conversation]s in the trash, the last one first; live
 */
GListModel *
yj_library_get_trash (YjLibrary *self)
{
  g_return_val_if_fail (YJ_IS_LIBRARY (self), NULL);

  return G_LIST_MODEL (self->trash);
}

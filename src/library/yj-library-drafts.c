/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes with a draft, and what was asked before. */
#define G_LOG_DOMAIN "yj-library"

#include "yj-attachment.h"
#include "yj-library-private.h"

#define MAX_QUESTIONS 50

/* ---- the attachments of a draft; apart from its row, which is read at the start and written with every change */

typedef struct
{
  YjConversation *conversation;
  GPtrArray      *attachments;
} Draft;

static void
draft_free (Draft *draft)
{
  g_ptr_array_unref (draft->attachments);
  g_object_unref (draft->conversation);
  g_free (draft);
}

static gboolean
write_attachments (YjDatabase  *database,
                   gpointer     data,
                   GError     **error)
{
  Draft *draft = data;
  gint64 key = yj_conversation_get_key (draft->conversation);

  if (!yj_database_run (database, error, "DELETE FROM draft_attachments WHERE conversation = ?", "i", key))
    return FALSE;
  for (guint i = 0; i < draft->attachments->len; i++)
    if (!yj_database_run (database, error, "INSERT INTO draft_attachments (conversation, position, name, body)"
                          " VALUES (?, ?, ?, ?)", "iiss", key, (gint64) i,
                          yj_attachment_get_name (draft->attachments->pdata[i]),
                          yj_attachment_get_text (draft->attachments->pdata[i])))
      return FALSE;
  return TRUE;
}

static void
save_attachments (YjDatabase *database,
                  GTask      *task,
                  gpointer    task_data)
{
  GError *error = NULL;

  if (yj_database_transact (database, write_attachments, task_data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  YjLibrary *self = YJ_LIBRARY (object);
  Draft *draft = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    yj_library_try_again (self);
  else
    {
      g_hash_table_add (self->unsaved_drafts, g_object_ref (draft->conversation));
      yj_library_tell_failed (self, error);
    }
}

void
yj_library_push_attachments (YjLibrary      *self,
                             YjConversation *conversation)
{
  GListModel *model = G_LIST_MODEL (yj_conversation_get_attachments (conversation));
  Draft *draft = g_new0 (Draft, 1);
  GTask *task = g_task_new (self, NULL, saved_cb, NULL);

  draft->conversation = g_object_ref (conversation);
  draft->attachments = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    g_ptr_array_add (draft->attachments, g_list_model_get_item (model, i));
  g_task_set_task_data (task, draft, (GDestroyNotify) draft_free);
  yj_library_push (self, task, save_attachments);
}

/**
 * yj_library_save_attachments:
 * @self: a library
 * @conversation: one of its conversations, with its attachments loaded
 *
 * Writes what goes with its draft now, behind, with the conversation's own row if it has none yet. A failure is told
 * by [signal@Yj.Library::failed], and made good when something else could be written.
 */
void
yj_library_save_attachments (YjLibrary      *self,
                             YjConversation *conversation)
{
  g_return_if_fail (YJ_IS_LIBRARY (self));
  g_return_if_fail (YJ_IS_CONVERSATION (conversation));
  g_return_if_fail (yj_conversation_get_attachments_loaded (conversation));

  yj_library_save_conversation (self, conversation);
  yj_library_push_attachments (self, conversation);
}

static void
load_attachments (YjDatabase *database,
                  GTask      *task,
                  gpointer    task_data)
{
  g_autoptr(GListStore) store = g_list_store_new (YJ_TYPE_ATTACHMENT);
  g_autoptr(sqlite3_stmt) statement = NULL;
  GError *error = NULL;

  statement = yj_database_prepare (database, &error, "SELECT name, body FROM draft_attachments WHERE conversation = ?"
                                   " ORDER BY position", "i", yj_conversation_get_key (task_data));
  while (statement != NULL && yj_database_step (database, statement, &error))
    {
      g_autofree char *name = yj_database_dup_text (statement, 0);
      g_autofree char *body = yj_database_dup_text (statement, 1);
      g_autoptr(YjAttachment) attachment = yj_attachment_new (name, body);

      g_list_store_append (store, attachment);
    }
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&store), g_object_unref);
}

/**
 * yj_library_load_attachments_async:
 * @self: a library
 * @conversation: one of its conversations
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async) (closure user_data): called when done
 * @user_data: data for @callback
 *
 * Reads the attachments of its draft into [method@Yj.Conversation.get_attachments], before those that were added
 * meanwhile, which are then saved with them.
 */
void
yj_library_load_attachments_async (YjLibrary           *self,
                                   YjConversation      *conversation,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (YJ_IS_LIBRARY (self));
  g_return_if_fail (YJ_IS_CONVERSATION (conversation));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, yj_library_load_attachments_async);
  g_task_set_task_data (task, g_object_ref (conversation), g_object_unref);
  yj_library_push (self, task, load_attachments);
}

/**
 * yj_library_load_attachments_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: whether they are there
 */
gboolean
yj_library_load_attachments_finish (YjLibrary     *self,
                                    GAsyncResult  *result,
                                    GError       **error)
{
  g_autoptr(GListModel) attachments = NULL;
  YjConversation *conversation;
  gboolean more;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  conversation = g_task_get_task_data (G_TASK (result));
  attachments = g_task_propagate_pointer (G_TASK (result), error);
  if (attachments == NULL)
    return FALSE;
  more = !yj_conversation_get_attachments_loaded (conversation) &&
         g_list_model_get_n_items (G_LIST_MODEL (yj_conversation_get_attachments (conversation))) > 0;
  yj_conversation_set_attachments (conversation, attachments);
  if (more)
    yj_library_save_attachments (self, conversation);
  return TRUE;
}

/* ---- what was asked before */

static gboolean
read_questions (YjDatabase    *database,
                const char    *sql,
                gint64         conversation,
                GStrvBuilder  *builder,
                GHashTable    *seen,
                GError       **error)
{
  g_autoptr(sqlite3_stmt) statement = yj_database_prepare (database, error, sql, "ii", conversation, (gint64) MAX_QUESTIONS);
  GError *local_error = NULL;

  if (statement == NULL)
    return FALSE;
  while (yj_database_step (database, statement, &local_error))
    {
      g_autofree char *text = yj_database_dup_text (statement, 0);
      const char *body = yj_attachment_get_body (text);

      if (*body != '\0' && g_hash_table_add (seen, g_strdup (body)))
        g_strv_builder_add (builder, body);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, local_error);
  return FALSE;
}

static void
list_questions (YjDatabase *database,
                GTask      *task,
                gpointer    task_data)
{
  gint64 conversation = task_data != NULL ? yj_conversation_get_key (task_data) : 0;
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GError *error = NULL;

  if (read_questions (database, "SELECT text FROM messages WHERE role = 'user' AND trashed = 0 AND conversation = ?"
                      " ORDER BY seq DESC LIMIT ?", conversation, builder, seen, &error) &&
      read_questions (database, "SELECT text FROM messages WHERE role = 'user' AND trashed = 0 AND conversation <> ? AND conversation IN"
                      " (SELECT id FROM conversations WHERE trashed = 0) ORDER BY id DESC LIMIT ?",
                      conversation, builder, seen, &error))
    g_task_return_pointer (task, g_strv_builder_end (builder), (GDestroyNotify) g_strfreev);
  else
    g_task_return_error (task, error);
}

/**
 * yj_library_list_questions_async:
 * @self: a library
 * @conversation: (nullable): one of its conversations
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async) (closure user_data): called when done
 * @user_data: data for @callback
 *
 * Reads the last questions: first those of @conversation, then those of all others that are not in the trash; each
 * once, without attachments, at most 50 of either.
 */
void
yj_library_list_questions_async (YjLibrary           *self,
                                 YjConversation      *conversation,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (YJ_IS_LIBRARY (self));
  g_return_if_fail (conversation == NULL || YJ_IS_CONVERSATION (conversation));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, yj_library_list_questions_async);
  if (conversation != NULL)
    g_task_set_task_data (task, g_object_ref (conversation), g_object_unref);
  yj_library_push (self, task, list_questions);
}

/**
 * yj_library_list_questions_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full): the questions, the last one first
 */
GStrv
yj_library_list_questions_finish (YjLibrary     *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

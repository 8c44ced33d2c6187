/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-library"

#include "yj-library-private.h"
#include "yj-title.h"

/* ---------------------------------------------------------------- writing messages */

/* What waits under @id, for the thread of the database to write; NULL when an earlier turn has taken it along. */
static gpointer
take_waiting (YjLibrary  *self,
              GHashTable *waiting,
              gint64      id)
{
  gpointer row = NULL;

  g_mutex_lock (&self->lock);
  g_hash_table_steal_extended (waiting, &id, NULL, &row);
  g_mutex_unlock (&self->lock);
  return row;
}

static void
save_message (YjDatabase *database,
              GTask      *task,
              gpointer    task_data)
{
  YjLibrary *self = g_task_get_source_object (task);
  YjMessageRow *row = take_waiting (self, self->messages, yj_message_get_key (task_data));
  GError *error = NULL;

  if (row == NULL || yj_database_transact (database, yj_rows_write_message, row, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
  g_clear_pointer (&row, yj_message_row_free);
}

static int
compare_keys (gconstpointer a,
              gconstpointer b)
{
  gint64 first = yj_message_get_key (*(YjMessage **) a), second = yj_message_get_key (*(YjMessage **) b);

  return first < second ? -1 : first > second;
}

static GHashTable *
steal_set (GHashTable **set)
{
  GHashTable *stolen = g_steal_pointer (set);

  *set = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  return stolen;
}

/* What a full disk kept out goes in as soon as something else went in; conversations before what is in them, and
   messages before those that hang below them, which are younger. Attachments go alone: they are what may be too large,
   and a row that goes in with each of them would have the next one tried again, without end. */
void
yj_library_try_again (YjLibrary *self)
{
  g_autoptr(GHashTable) unsaved = NULL, drafts = NULL;
  g_autoptr(GPtrArray) messages = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer object;

  if (g_hash_table_size (self->unsaved) + g_hash_table_size (self->unsaved_drafts) == 0)
    return;
  unsaved = steal_set (&self->unsaved);
  drafts = steal_set (&self->unsaved_drafts);
  g_hash_table_iter_init (&iter, unsaved);
  while (g_hash_table_iter_next (&iter, &object, NULL))
    if (YJ_IS_CONVERSATION (object))
      {
        yj_library_save_conversation (self, object);
        yj_library_save_waiting (self, object);
      }
    else if (YJ_IS_PROMPT (object))
      yj_library_push_prompt (self, object);
    else
      g_ptr_array_add (messages, object);
  g_ptr_array_sort (messages, compare_keys);
  for (guint i = 0; i < messages->len; i++)
    yj_library_save_message (self, messages->pdata[i]);
  g_hash_table_iter_init (&iter, drafts);
  while (g_hash_table_iter_next (&iter, &object, NULL))
    yj_library_push_attachments (self, object);
}

static void
message_saved_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  YjLibrary *self = YJ_LIBRARY (object);
  YjMessage *message = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      yj_message_set_stored (message);
      yj_message_set_adopts (message, 0);
      yj_library_try_again (self);
    }
  else
    {
      yj_message_set_torn (message);
      g_hash_table_add (self->unsaved, g_object_ref (message));
      yj_library_tell_failed (self, error);
    }
}

/**
 * yj_library_save_message:
 * @self: a library
 * @message: a message that was added to it
 *
 * Writes the message as it is now, behind; while it streams, only what was added since the last time, so that it may
 * be called as often as one likes. A failure is told by [signal@Yj.Library::failed]; the next call writes it all.
 */
void
yj_library_save_message (YjLibrary *self,
                         YjMessage *message)
{
  gboolean queued;
  YjMessageRow *row;
  GTask *task;

  g_return_if_fail (YJ_IS_LIBRARY (self));
  g_return_if_fail (YJ_IS_MESSAGE (message));

  g_mutex_lock (&self->lock);
  row = g_hash_table_lookup (self->messages, &(gint64) { yj_message_get_key (message) });
  queued = row != NULL;
  if (!queued)
    row = yj_message_row_new ();
  yj_message_take_changes (message, row);
  if (!queued)
    g_hash_table_insert (self->messages, &row->id, row);
  g_mutex_unlock (&self->lock);
  if (queued)
    return;

  task = g_task_new (self, NULL, message_saved_cb, NULL);
  g_task_set_source_tag (task, yj_library_save_message);
  g_task_set_task_data (task, g_object_ref (message), g_object_unref);
  yj_library_push (self, task, save_message);
}

/* ---------------------------------------------------------------- writing conversations */

static void
save_conversation (YjDatabase *database,
                   GTask      *task,
                   gpointer    task_data)
{
  YjLibrary *self = g_task_get_source_object (task);
  YjConversationRow *row = take_waiting (self, self->rows, yj_conversation_get_key (task_data));
  GError *error = NULL;

  if (row == NULL || yj_database_transact (database, yj_rows_write_conversation, row, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
  g_clear_pointer (&row, yj_conversation_row_free);
}

static void
conversation_saved_cb (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  YjLibrary *self = YJ_LIBRARY (object);
  YjConversation *conversation = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      yj_conversation_set_stored (conversation);
      yj_library_try_again (self);
    }
  else
    {
      g_hash_table_add (self->unsaved, g_object_ref (conversation));
      yj_library_tell_failed (self, error);
    }
}

static void
store (YjLibrary      *self,
       YjConversation *conversation)
{
  YjConversationRow *row = yj_conversation_dup_row (conversation);
  gboolean queued;
  GTask *task;

  g_mutex_lock (&self->lock);
  queued = !g_hash_table_replace (self->rows, &row->id, row);
  g_mutex_unlock (&self->lock);
  if (queued)
    return;

  task = g_task_new (self, NULL, conversation_saved_cb, NULL);
  g_task_set_task_data (task, g_object_ref (conversation), g_object_unref);
  yj_library_push (self, task, save_conversation);
}

/**
 * yj_library_save_conversation:
 * @self: a library
 * @conversation: one of its conversations
 *
 * Writes title, model, system prompt and draft, as they were set with g_object_set(), behind. A new conversation
 * has its row written once it holds a message, a draft or a system prompt. A failure is told by
 * [signal@Yj.Library::failed].
 */
void
yj_library_save_conversation (YjLibrary      *self,
                              YjConversation *conversation)
{
  g_return_if_fail (YJ_IS_LIBRARY (self));
  g_return_if_fail (YJ_IS_CONVERSATION (conversation));

  if (yj_conversation_is_stored (conversation) || !yj_conversation_is_empty (conversation))
    store (self, conversation);
}

/* ---------------------------------------------------------------- the list */

/**
 * yj_library_get_conversations:
 * @self: a library
 *
 * Returns: (transfer none): a #GListModel of [class@Yj.Conversation], the one with the latest message first; live
 */
GListModel *
yj_library_get_conversations (YjLibrary *self)
{
  g_return_val_if_fail (YJ_IS_LIBRARY (self), NULL);

  return G_LIST_MODEL (self->conversations);
}

void
yj_library_put_in_order (YjLibrary      *self,
                         YjConversation *conversation)
{
  GListModel *list = G_LIST_MODEL (self->conversations);
  g_autoptr(GPtrArray) moved = g_ptr_array_new_with_free_func (g_object_unref);
  guint position, n = g_list_model_get_n_items (list), to = 0;
  gboolean found = g_list_store_find (self->conversations, conversation, &position);

  for (; to < (found ? position : n); to++)
    {
      g_autoptr(YjConversation) other = g_list_model_get_item (list, to);

      if (yj_conversation_get_updated (other) <= yj_conversation_get_updated (conversation))
        break;
    }
  if (!found)
    g_list_store_insert (self->conversations, to, conversation);
  else if (to < position)
    {
      g_ptr_array_add (moved, g_object_ref (conversation));
      for (guint i = to; i < position; i++)
        g_ptr_array_add (moved, g_list_model_get_item (list, i));
      g_list_store_splice (self->conversations, to, moved->len, moved->pdata, moved->len);
    }
}

/**
 * yj_library_new_conversation:
 * @self: a library
 *
 * Makes a conversation, at the head of the list at once; its row is written with its first message.
 *
 * Returns: (transfer none): the conversation
 */
YjConversation *
yj_library_new_conversation (YjLibrary *self)
{
  g_autoptr(YjConversation) conversation = NULL;

  g_return_val_if_fail (YJ_IS_LIBRARY (self), NULL);

  conversation = yj_conversation_new (yj_library_new_id (self));
  g_list_store_insert (self->conversations, 0, conversation);
  return conversation;
}

/* Of a question also in the place of @adopted, with what follows that. */
YjMessage *
yj_library_make_message (YjLibrary      *self,
                         YjConversation *conversation,
                         YjMessage      *parent,
                         YjMessageRole   role,
                         const char     *text,
                         YjMessage      *adopted)
{
  g_autoptr(YjMessageRow) row = yj_message_row_new ();
  g_autoptr(YjMessage) message = NULL;

  row->id = yj_library_new_id (self);
  row->conversation = yj_conversation_get_key (conversation);
  row->role = role;
  row->state = role == YJ_MESSAGE_USER ? YJ_MESSAGE_COMPLETE : YJ_MESSAGE_STREAMING;
  row->created = row->chosen = g_get_real_time ();
  row->error_code = -1;
  row->prompt_tokens = row->completion_tokens = row->cached_tokens = row->first_token_us = row->duration_us = row->reasoning_us = -1;
  message = yj_message_new_from_row (row);
  yj_message_append (message, text, NULL);
  yj_message_set_adopts (message, adopted != NULL ? yj_message_get_key (adopted) : 0);

  if (role == YJ_MESSAGE_USER && *yj_conversation_get_title (conversation) == '\0')
    {
      g_autofree char *title = yj_title_make (yj_message_get_text (message));

      g_object_set (conversation, "title", title, NULL);
    }
  yj_conversation_add (conversation, parent, message, adopted);
  yj_conversation_touch (conversation, row->created);
  if (yj_conversation_get_trashed (conversation) == 0)
    yj_library_put_in_order (self, conversation);
  store (self, conversation);
  yj_library_save_message (self, message);
  return message;
}

/**
 * yj_library_add_message:
 * @self: a library
 * @conversation: one of its conversations
 * @role: whose it is
 * @text: (nullable): its text so far
 *
 * Appends a message to the branch that is shown; see yj_library_add_message_below().
 *
 * Returns: (transfer none): the message
 */
YjMessage *
yj_library_add_message (YjLibrary      *self,
                        YjConversation *conversation,
                        YjMessageRole   role,
                        const char     *text)
{
  g_return_val_if_fail (YJ_IS_CONVERSATION (conversation), NULL);

  return yj_library_add_message_below (self, conversation, yj_conversation_get_last (conversation), role, text);
}

/**
 * yj_library_add_message_below:
 * @self: a library
 * @conversation: one of its conversations
 * @parent: (nullable): the message that the new one follows; %NULL: it is a beginning
 * @role: whose it is
 * @text: (nullable): its text so far
 *
 * Adds a message to the conversation at once, in the branch that is shown from now on, and stores it behind. A question
 * is complete, an answer streams until its state is set. The first question gives a conversation without title its
 * first line. A failure is told by [signal@Yj.Library::failed].
 *
 * Returns: (transfer none): the message
 */
YjMessage *
yj_library_add_message_below (YjLibrary      *self,
                              YjConversation *conversation,
                              YjMessage      *parent,
                              YjMessageRole   role,
                              const char     *text)
{
  g_return_val_if_fail (YJ_IS_LIBRARY (self), NULL);
  g_return_val_if_fail (YJ_IS_CONVERSATION (conversation), NULL);
  g_return_val_if_fail (parent == NULL || YJ_IS_MESSAGE (parent), NULL);

  return yj_library_make_message (self, conversation, parent, role, text, NULL);
}

/* ---------------------------------------------------------------- loading */

typedef struct
{
  GPtrArray *messages;          /* YjMessageRow */
  GStrv      waiting;
} Loaded;

static void
loaded_free (gpointer data)
{
  Loaded *loaded = data;

  g_clear_pointer (&loaded->messages, g_ptr_array_unref);
  g_strfreev (loaded->waiting);
  g_free (loaded);
}

static void
load_conversation (YjDatabase *database,
                   GTask      *task,
                   gpointer    task_data)
{
  gint64 key = yj_conversation_get_key (task_data);
  Loaded *loaded = g_new0 (Loaded, 1);
  GError *error = NULL;

  loaded->messages = yj_rows_read_messages (database, key, &error);
  if (loaded->messages != NULL)
    loaded->waiting = yj_rows_read_waiting (database, key, &error);
  if (loaded->waiting != NULL)
    {
      g_task_return_pointer (task, loaded, loaded_free);
      return;
    }
  loaded_free (loaded);
  g_task_return_error (task, error);
}

static void
take_loaded (YjLibrary      *self,
             YjConversation *conversation,
             Loaded         *loaded)
{
  g_autoptr(GPtrArray) moved = NULL;

  /* Asked for twice at once. */
  if (yj_conversation_get_loaded (conversation))
    return;
  for (guint i = 0; loaded->waiting[i] != NULL; i++)
    {
      g_autoptr(YjWaiting) waiting = yj_waiting_new (loaded->waiting[i]);

      g_list_store_insert (yj_conversation_get_waiting (conversation), i, waiting);
    }
  /* Nothing is asked by itself because the program was started. */
  g_object_set (conversation, "waiting-rests", loaded->waiting[0] != NULL, NULL);
  moved = yj_conversation_set_loaded (conversation, loaded->messages);
  for (guint i = 0; i < moved->len; i++)
    {
      yj_message_set_torn (moved->pdata[i]);
      yj_library_save_message (self, moved->pdata[i]);
    }
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  Loaded *loaded = g_task_propagate_pointer (G_TASK (result), &error);

  if (loaded == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  take_loaded (YJ_LIBRARY (object), g_task_get_task_data (task), loaded);
  loaded_free (loaded);
  g_task_return_boolean (task, TRUE);
}

/**
 * yj_library_load_conversation_async:
 * @self: a library
 * @conversation: one of its conversations
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async) (closure user_data): called when done
 * @user_data: data for @callback
 *
 * Reads the messages into the conversation; done at once for one that is loaded. An answer that was still streaming
 * when a process ended is shown as cut, with all that was written of it.
 */
void
yj_library_load_conversation_async (YjLibrary           *self,
                                    YjConversation      *conversation,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  GTask *task, *work;

  g_return_if_fail (YJ_IS_LIBRARY (self));
  g_return_if_fail (YJ_IS_CONVERSATION (conversation));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, yj_library_load_conversation_async);
  g_task_set_task_data (task, g_object_ref (conversation), g_object_unref);
  if (yj_conversation_get_loaded (conversation))
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }
  work = g_task_new (self, cancellable, loaded_cb, task);
  g_task_set_task_data (work, g_object_ref (conversation), g_object_unref);
  yj_library_push (self, work, load_conversation);
}

/**
 * yj_library_load_conversation_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: whether the messages are there
 */
gboolean
yj_library_load_conversation_finish (YjLibrary     *self,
                                     GAsyncResult  *result,
                                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prompts that are kept for later. */
#define G_LOG_DOMAIN "yj-library"

#include "yj-library-private.h"

static void
read_prompts (YjDatabase *database,
              GTask      *task,
              gpointer    task_data)
{
  g_autoptr(GPtrArray) prompts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(sqlite3_stmt) statement = NULL;
  GError *error = NULL;

  gboolean recipes = GPOINTER_TO_INT (task_data);

  statement = yj_database_prepare (database, &error, "SELECT id, name, body FROM prompts WHERE recipe = ? ORDER BY id", "i",
                                   (gint64) recipes);
  while (statement != NULL && yj_database_step (database, statement, &error))
    {
      g_autofree char *name = yj_database_dup_text (statement, 1);
      g_autofree char *body = yj_database_dup_text (statement, 2);

      g_ptr_array_add (prompts, (recipes ? yj_prompt_new_recipe : yj_prompt_new) (sqlite3_column_int64 (statement, 0), name, body));
    }
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&prompts), (GDestroyNotify) g_ptr_array_unref);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  YjLibrary *self = YJ_LIBRARY (object);
  GError *error = NULL;
  g_autoptr(GPtrArray) prompts = g_task_propagate_pointer (G_TASK (result), &error);

  if (prompts == NULL)
    yj_library_tell_failed (self, error);
  else
    g_list_store_splice (GPOINTER_TO_INT (g_task_get_task_data (G_TASK (result))) ? self->recipes : self->prompts, 0, 0,
                         prompts->pdata, prompts->len);
}

static GListStore *
load_list (YjLibrary *self,
           gboolean   recipes)
{
  GListStore **list = recipes ? &self->recipes : &self->prompts;
  GTask *task;

  if (*list == NULL)
    {
      *list = g_list_store_new (YJ_TYPE_PROMPT);
      task = g_task_new (self, NULL, read_cb, NULL);
      g_task_set_task_data (task, GINT_TO_POINTER (recipes), NULL);
      yj_library_push (self, task, read_prompts);
    }
  return *list;
}

/**
 * yj_library_get_prompts:
 * @self: a library
 *
 * Returns: (transfer none): a live #GListModel of [class@Yj.Prompt], oldest first; read from the file once it is asked
 *   for, so that it is filled a moment after the first call
 */
GListModel *
yj_library_get_prompts (YjLibrary *self)
{
  g_return_val_if_fail (YJ_IS_LIBRARY (self), NULL);

  return G_LIST_MODEL (load_list (self, FALSE));
}

/**
 * yj_library_get_recipes:
 * @self: a library
 *
 * Returns: (transfer none): a live #GListModel of [class@Yj.Prompt] that are recipes, as yj_library_get_prompts() gives
 *   the others
 */
GListModel *
yj_library_get_recipes (YjLibrary *self)
{
  g_return_val_if_fail (YJ_IS_LIBRARY (self), NULL);

  return G_LIST_MODEL (load_list (self, TRUE));
}

/* ---- writing */

typedef struct
{
  YjPrompt *prompt;
  gint64    id;
  gboolean  recipe;
  char     *name;
  char     *body;               /* NULL: it goes */
} Write;

static void
write_free (Write *write)
{
  g_free (write->name);
  g_free (write->body);
  g_object_unref (write->prompt);
  g_free (write);
}

static void
write_prompt (YjDatabase *database,
              GTask      *task,
              gpointer    task_data)
{
  Write *write = task_data;
  GError *error = NULL;

  if (write->body == NULL)
    yj_database_run (database, &error, "DELETE FROM prompts WHERE id = ?", "i", write->id);
  else
    yj_database_run (database, &error, "INSERT INTO prompts (id, name, body, recipe) VALUES (?, ?, ?, ?)"
                     " ON CONFLICT (id) DO UPDATE SET name = excluded.name, body = excluded.body",
                     "issi", write->id, write->name, write->body, (gint64) write->recipe);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  YjLibrary *self = YJ_LIBRARY (object);
  Write *write = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    yj_library_try_again (self);
  else
    {
      g_hash_table_add (self->unsaved, g_object_ref (write->prompt));
      yj_library_tell_failed (self, error);
    }
}

void
yj_library_push_prompt (YjLibrary *self,
                        YjPrompt  *prompt)
{
  Write *write = g_new0 (Write, 1);
  GTask *task = g_task_new (self, NULL, written_cb, NULL);

  write->prompt = g_object_ref (prompt);
  write->id = yj_prompt_get_id (prompt);
  write->recipe = yj_prompt_is_recipe (prompt);
  write->name = g_strdup (yj_prompt_get_name (prompt));
  if (g_list_store_find (load_list (self, write->recipe), prompt, NULL))
    write->body = g_strdup (yj_prompt_get_body (prompt));
  g_task_set_task_data (task, write, (GDestroyNotify) write_free);
  yj_library_push (self, task, write_prompt);
}

/**
 * yj_library_save_prompt:
 * @self: a library
 * @prompt: a new prompt, one that was changed, or one that was deleted
 *
 * Puts it into the list if it is not there, and writes it behind. A failure is told by
 * [signal@Yj.Library::failed], and made good when something else could be written.
 */
void
yj_library_save_prompt (YjLibrary *self,
                        YjPrompt  *prompt)
{
  GListStore *list;

  g_return_if_fail (YJ_IS_LIBRARY (self));
  g_return_if_fail (YJ_IS_PROMPT (prompt));

  list = load_list (self, yj_prompt_is_recipe (prompt));
  if (yj_prompt_get_id (prompt) == 0)
    yj_prompt_set_id (prompt, yj_library_new_id (self));
  if (!g_list_store_find (list, prompt, NULL))
    g_list_store_append (list, prompt);
  yj_library_push_prompt (self, prompt);
}

/**
 * yj_library_delete_prompt:
 * @self: a library
 * @prompt: one of its prompts
 *
 * Takes it out of the list and the file; [method@Yj.Library.save_prompt] brings it back.
 */
void
yj_library_delete_prompt (YjLibrary *self,
                          YjPrompt  *prompt)
{
  g_autoptr(YjPrompt) kept = NULL;
  GListStore *list;
  guint position;

  g_return_if_fail (YJ_IS_LIBRARY (self));
  g_return_if_fail (YJ_IS_PROMPT (prompt));

  list = load_list (self, yj_prompt_is_recipe (prompt));
  if (!g_list_store_find (list, prompt, &position))
    return;
  kept = g_object_ref (prompt);
  g_list_store_remove (list, position);
  yj_library_push_prompt (self, prompt);
}

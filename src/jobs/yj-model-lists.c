/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the platform's own lists say of the video models: llmids that the document lost, and models that it does not name. */
#include "yj-model-lists.h"

#define N_MODES (YJ_MODE_REFERENCES_TO_VIDEO + 1)

typedef struct
{
  int        mode;              /* the one that is asked for */
  GPtrArray *known;             /* of YjListedModel */
  GPtrArray *others;
  GError    *error;             /* why the last list could not be had */
  guint      n_lists;
} Lists;

static void
lists_free (Lists *lists)
{
  g_ptr_array_unref (lists->known);
  g_ptr_array_unref (lists->others);
  g_clear_error (&lists->error);
  g_free (lists);
}

/**
 * yj_listed_model_free:
 * @listed: (transfer full): a listed model
 */
void
yj_listed_model_free (YjListedModel *listed)
{
  g_clear_object (&listed->model);
  g_free (listed->name);
  g_free (listed->title);
  g_free (listed->llmid);
  g_free (listed);
}

static YjModel *
find_model (YjSession  *session,
            YjMode      mode,
            const char *name)
{
  GListModel *catalog = G_LIST_MODEL (yj_session_get_catalog (session));

  for (guint i = 0; i < g_list_model_get_n_items (catalog); i++)
    {
      g_autoptr(YjModel) model = g_list_model_get_item (catalog, i);

      if (yj_model_get_mode (model) == mode && g_ascii_strcasecmp (yj_model_get_name (model), name) == 0)
        return model;           /* the catalogue holds it */
    }

  return NULL;
}

/* One of a name that is there already stays unless it has the id that is in use: it may stand there twice. */
static gboolean
is_repeated (GPtrArray           *listed,
             const YjListedModel *one)
{
  for (guint i = 0; i < listed->len; i++)
    {
      YjListedModel *other = g_ptr_array_index (listed, i);

      if (other->mode != one->mode || !g_str_equal (other->name, one->name))
        continue;
      if (one->model != NULL && g_strcmp0 (one->llmid, yj_model_get_llmid (one->model)) == 0)
        g_set_str (&other->llmid, one->llmid);
      return TRUE;
    }

  return FALSE;
}

static void
take_list (YjSession *session,
           Lists     *lists,
           GPtrArray *list)
{
  for (guint i = 0; i < list->len; i++)
    {
      const YjRemoteModel *remote = g_ptr_array_index (list, i);
      g_autoptr(YjListedModel) listed = g_new0 (YjListedModel, 1);
      YjModel *model = find_model (session, (YjMode) lists->mode, remote->id);
      GPtrArray *place = model != NULL ? lists->known : lists->others;

      listed->mode = (YjMode) lists->mode;
      listed->model = model != NULL ? g_object_ref (model) : NULL;
      listed->name = g_strdup (remote->id);
      listed->title = g_strdup (remote->title != NULL ? remote->title : remote->id);
      /* what is no id is not taken for one */
      listed->llmid = remote->llmid != NULL ? yj_llmid_parse (remote->llmid, NULL) : NULL;
      if (!is_repeated (place, listed))
        g_ptr_array_add (place, g_steal_pointer (&listed));
    }
}

static void ask_next (GTask *task);

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  Lists *lists = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) list = yj_platform_list_models_finish (YJ_PLATFORM (object), result, &error);

  if (list != NULL)
    {
      lists->n_lists++;
      take_list (g_task_get_source_object (task), lists, list);
    }
  else
    {
      g_clear_error (&lists->error);
      lists->error = g_steal_pointer (&error);
    }
  lists->mode++;
  ask_next (task);
}

/* One list after the other: the platform is asked one thing at a time. */
static void
ask_next (GTask *task)
{
  YjSession *session = g_task_get_source_object (task);
  Lists *lists = g_task_get_task_data (task);
  YjPlatform *platform = yj_session_get_platform (session);

  if (g_task_return_error_if_cancelled (task))
    g_object_unref (task);
  else if (platform == NULL)
    {
      g_task_return_new_error (task, YJ_ERROR, YJ_ERROR_UNAUTHORIZED, "There is no key");
      g_object_unref (task);
    }
  else if (lists->mode < N_MODES)
    yj_platform_list_models_async (platform, yj_mode_to_string ((YjMode) lists->mode), g_task_get_cancellable (task), listed_cb, task);
  else
    {
      if (lists->n_lists == 0)
        g_task_return_error (task, g_steal_pointer (&lists->error));
      else
        {
          g_ptr_array_extend_and_steal (lists->known, g_steal_pointer (&lists->others));
          lists->others = g_ptr_array_new ();
          g_task_return_pointer (task, g_ptr_array_ref (lists->known), (GDestroyNotify) g_ptr_array_unref);
        }
      g_object_unref (task);
    }
}

/**
 * yj_model_lists_async:
 * @session: an opened session
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async) (closure user_data): called when done
 * @user_data: data for @callback
 *
 * Asks the platform for its lists of video models, which are an extra that need not be there. Fails when there is no key,
 * or when none of the lists can be had.
 */
void
yj_model_lists_async (YjSession           *session,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  GTask *task;
  Lists *lists;

  g_return_if_fail (YJ_IS_SESSION (session));

  lists = g_new0 (Lists, 1);
  lists->known = g_ptr_array_new_with_free_func ((GDestroyNotify) yj_listed_model_free);
  lists->others = g_ptr_array_new_with_free_func ((GDestroyNotify) yj_listed_model_free);
  task = g_task_new (session, cancellable, callback, user_data);
  g_task_set_source_tag (task, yj_model_lists_async);
  g_task_set_task_data (task, lists, (GDestroyNotify) lists_free);
  ask_next (task);
}

/**
 * yj_model_lists_finish:
 * @session: a session
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full) (element-type YjListedModel): the models, those that the catalogue has first
 */
GPtrArray *
yj_model_lists_finish (YjSession     *session,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * yj_model_lists_take:
 * @session: an opened session
 * @model: a model of its catalogue
 * @llmid: the platform's id of it
 *
 * Completes or corrects the id. It is kept in the person's own file, unless the sandbox made it up: the platform would
 * not know it.
 */
void
yj_model_lists_take (YjSession  *session,
                     YjModel    *model,
                     const char *llmid)
{
  YjCatalog *catalog;

  g_return_if_fail (YJ_IS_SESSION (session));
  g_return_if_fail (YJ_IS_MODEL (model));
  g_return_if_fail (llmid != NULL);

  catalog = yj_session_get_catalog (session);
  if (yj_session_get_sandbox (session) && g_str_has_prefix (llmid, "sandbox-"))
    {
      yj_catalog_lend_llmid (catalog, model, llmid);
      return;
    }
  yj_catalog_set_llmid (catalog, model, llmid);
  yj_session_save_catalog (session);
}

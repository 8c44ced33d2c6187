/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a draft to a row on disk. */
#define G_LOG_DOMAIN "yj-job-queue"

#include <glib/gi18n-lib.h>

#include "yj-job-queue-private.h"
#include "yj-lineage.h"
#include "yj-recipe.h"

/* A file of the draft on its way into the library. */
typedef struct
{
  YjSlotRole   role;
  YjDraftFile *file;
} Place;

typedef struct
{
  YjDraft   *draft;             /* our own copy, without files at first: what is changed meanwhile does not matter */
  GPtrArray *places;            /* of Place, in order */
  guint      next;
  guint      n_takes;
  char      *batch;
  char      *parents;
  YjDraft   *full;              /* what a cheap one stands for, or NULL */
} Add;

static void
place_free (Place *place)
{
  g_object_unref (place->file);
  g_free (place);
}

static void
add_free (Add *add)
{
  g_clear_object (&add->draft);
  g_clear_pointer (&add->places, g_ptr_array_unref);
  g_clear_object (&add->full);
  g_free (add->batch);
  g_free (add->parents);
  g_free (add);
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  YjJobQueue *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr(GPtrArray) rows = yj_library_add_jobs_finish (YJ_LIBRARY (object), result, &error);
  YjJob *first = NULL;

  if (rows == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  for (guint i = 0; i < rows->len; i++)
    {
      YjJob *job = yj_job_queue_adopt (self, yj_job_row_copy (g_ptr_array_index (rows, i)));

      if (first == NULL)
        first = job;
    }
  g_task_return_pointer (task, g_object_ref (first), g_object_unref);
}

static YjJobRow *
new_row (YjJobQueue *self,
         Add        *add,
         const char *recipe)
{
  YjModel *model = yj_draft_get_model (add->draft);
  YjJobRow *row = yj_job_row_new ();

  row->uuid = g_uuid_string_random ();
  row->origin = yj_job_queue_dup_origin (self);
  row->mode = g_strdup (yj_mode_to_string (yj_model_get_mode (model)));
  row->model_id = g_strdup (yj_model_get_id (model));
  row->model_name = g_strdup (yj_model_get_name (model));
  row->prompt = g_strdup (yj_draft_get_prompt (add->draft));
  row->recipe = g_strdup (recipe);
  row->batch = g_strdup (add->batch);
  row->parents = g_strdup (add->parents);
  row->error_code = -1;
  row->created = g_get_real_time ();
  row->position = yj_job_queue_next_position (self, row->created);
  yj_job_row_set_state (row, YJ_JOB_WAITING);

  return row;
}

static void
write_rows (GTask *task)
{
  YjJobQueue *self = g_task_get_source_object (task);
  Add *add = g_task_get_task_data (task);
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) yj_job_row_free);
  g_autofree char *json = yj_draft_to_json (add->draft);
  g_autofree char *stored = yj_recipe_to_stored (json, yj_library_get_folder (self->library));
  g_autofree char *recipe = yj_recipe_with_full (stored, add->full);

  for (guint i = 0; i < add->n_takes; i++)
    g_ptr_array_add (rows, new_row (self, add, recipe));
  yj_library_add_jobs_async (self->library, rows, g_task_get_cancellable (task), saved_cb, task);
}

static void keep_next (GTask *task);

static void
kept_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  GTask *task = user_data;
  Add *add = g_task_get_task_data (task);
  Place *place = g_ptr_array_index (add->places, add->next++);
  GError *error = NULL;
  g_autoptr(YjReference) reference = yj_library_keep_reference_finish (YJ_LIBRARY (object), result, &error);
  g_autoptr(YjDraftFile) kept = NULL;

  if (reference == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  if (yj_draft_file_get_size (place->file) > 0 && reference->size != yj_draft_file_get_size (place->file))
    {
      /* translators: %s: a file name */
      g_task_return_new_error (task, YJ_ERROR, YJ_ERROR_INVALID_REQUEST, _("“%s” has just changed. Look at what it is now, and generate again."),
                               yj_draft_file_get_name (place->file));
      g_object_unref (task);
      return;
    }

  kept = yj_draft_file_new (reference->file, yj_draft_file_get_kind (place->file),
                            yj_draft_file_get_content_type (place->file));
  yj_draft_file_set_facts (kept, reference->size, yj_draft_file_get_width (place->file),
                           yj_draft_file_get_height (place->file), yj_draft_file_get_duration (place->file));
  yj_draft_file_set_frame_rate (kept, yj_draft_file_get_frame_rate (place->file));
  yj_draft_file_stand_for (kept, place->file);
  yj_draft_file_set_origin (kept, yj_draft_file_get_origin (place->file));
  yj_draft_file_set_codecs (kept, yj_draft_file_get_video_codec (place->file), yj_draft_file_get_audio_codec (place->file));
  yj_draft_file_set_alpha (kept, yj_draft_file_get_alpha (place->file));
  if (yj_draft_add_file (add->draft, place->role, kept))
    keep_next (task);
  else
    {
      g_task_return_new_error_literal (task, YJ_ERROR, YJ_ERROR_INVALID_REQUEST, "The model does not take this file");
      g_object_unref (task);
    }
}

static void
keep_next (GTask *task)
{
  YjJobQueue *self = g_task_get_source_object (task);
  Add *add = g_task_get_task_data (task);
  g_autofree char *extension = NULL;
  Place *place;

  if (add->next == add->places->len)
    {
      write_rows (task);
      return;
    }

  place = g_ptr_array_index (add->places, add->next);
  extension = yj_recipe_dup_extension (yj_draft_file_get_content_type (place->file),
                                       yj_draft_file_get_file (place->file));
  yj_library_keep_reference_async (self->library, yj_draft_file_get_file (place->file), extension,
                                   g_task_get_cancellable (task), kept_cb, task);
}

static void
collect_places (Add     *add,
                YjDraft *draft)
{
  add->places = g_ptr_array_new_with_free_func ((GDestroyNotify) place_free);
  for (int role = YJ_SLOT_FIRST_FRAME; role <= YJ_SLOT_REFERENCE_AUDIO; role++)
    {
      GListModel *files = yj_draft_get_files (draft, (YjSlotRole) role);

      for (guint i = 0; i < g_list_model_get_n_items (files); i++)
        {
          Place *place = g_new0 (Place, 1);

          place->role = (YjSlotRole) role;
          place->file = g_list_model_get_item (files, i);
          g_ptr_array_add (add->places, place);
        }
    }
}

static YjModel *
same_model (const char *model_id,
            gpointer    user_data)
{
  return YJ_MODEL (user_data);
}

static void
remove_all (YjDraft    *draft,
            GListModel *files)
{
  while (g_list_model_get_n_items (files) > 0)
    {
      g_autoptr(YjDraftFile) file = g_list_model_get_item (files, 0);

      yj_draft_remove_file (draft, file);
    }
}

/* Everything of @draft but its files, those set aside among them. */
static YjDraft *
copy_without_files (YjDraft  *draft,
                    GError  **error)
{
  g_autofree char *json = yj_draft_to_json (draft);
  YjDraft *copy = yj_draft_new_from_json (json, same_model, yj_draft_get_model (draft), error);

  if (copy == NULL)
    return NULL;

  for (int role = YJ_SLOT_FIRST_FRAME; role <= YJ_SLOT_REFERENCE_AUDIO; role++)
    remove_all (copy, yj_draft_get_files (copy, (YjSlotRole) role));
  remove_all (copy, yj_draft_get_parked (copy));

  return copy;
}

/* The first thing that forbids to send the draft, or NULL. */
static const YjProblem *
find_obstacle (GPtrArray *problems,
               gboolean   force)
{
  for (guint i = 0; i < problems->len; i++)
    {
      const YjProblem *problem = g_ptr_array_index (problems, i);

      if (problem->severity == YJ_PROBLEM_ERROR || (problem->severity == YJ_PROBLEM_LIMIT && !force))
        return problem;
    }

  return NULL;
}

/**
 * yj_job_queue_add_takes_async:
 * @self: a queue
 * @draft: what is to be made; may be changed as soon as this returns
 * @order: how often, together with what
 * @force: documented upstream limits do not stop it; the platform's own contract does
 * @cancellable: (nullable): stops it while nothing is stored
 * @callback: called when the rows are on disk, before anything is sent
 * @user_data: for @callback
 *
 * Keeps the files byte for byte in the library, writes a row for each take, all of them or none, and lets the jobs go
 * their way. Ends with yj_job_queue_add_finish(), which gives the first take.
 */
void
yj_job_queue_add_takes_async (YjJobQueue          *self,
                              YjDraft             *draft,
                              const YjJobOrder    *order,
                              gboolean             force,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr(GPtrArray) problems = NULL;
  const YjProblem *obstacle;
  GError *error = NULL;
  GTask *task;
  Add *add;

  g_return_if_fail (YJ_IS_JOB_QUEUE (self));
  g_return_if_fail (YJ_IS_DRAFT (draft));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, yj_job_queue_add_takes_async);
  g_task_set_check_cancellable (task, FALSE);   /* once the row is on disk the job is there */

  problems = yj_draft_validate (draft);
  obstacle = find_obstacle (problems, force);
  if (obstacle != NULL)
    {
      g_task_return_new_error_literal (task, YJ_ERROR, YJ_ERROR_INVALID_REQUEST, obstacle->message);
      g_object_unref (task);
      return;
    }

  add = g_new0 (Add, 1);
  add->n_takes = CLAMP (order->n_takes, 1, YJ_JOB_MOST_TAKES);
  add->batch = g_strdup (order->batch);
  add->full = order->full != NULL ? g_object_ref (order->full) : NULL;
  g_task_set_task_data (task, add, (GDestroyNotify) add_free);
  add->draft = copy_without_files (draft, &error);
  if (add->draft == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  collect_places (add, draft);
  add->parents = yj_lineage_dup_parents (self, draft);
  self->paused = FALSE;
  keep_next (task);
}

/**
 * yj_job_queue_add_async:
 * @self: a queue
 * @draft: what is to be made; may be changed as soon as this returns
 * @force: as for yj_job_queue_add_takes_async()
 * @cancellable: (nullable): stops it while nothing is stored
 * @callback: called when the row is on disk, before anything is sent
 * @user_data: for @callback
 *
 * Adds one job that belongs to no other.
 */
void
yj_job_queue_add_async (YjJobQueue          *self,
                        YjDraft             *draft,
                        gboolean             force,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  yj_job_queue_add_takes_async (self, draft, &(YjJobOrder) { .n_takes = 1 }, force, cancellable, callback, user_data);
}

/**
 * yj_job_queue_add_finish:
 * @self: a queue
 * @result: from the callback
 * @error: return location: `YJ_ERROR_INVALID_REQUEST` with the sentence that says what is wrong with the draft,
 *   `G_IO_ERROR` when a file cannot be read, a [enum@Yj.LibraryError] when the row cannot be written
 *
 * Returns: (transfer none): the job, now in the list; %NULL: nothing was stored and nothing will be sent
 */
YjJob *
yj_job_queue_add_finish (YjJobQueue    *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_autoptr(YjJob) job = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  job = g_task_propagate_pointer (G_TASK (result), error);

  return job;   /* the list holds it */
}

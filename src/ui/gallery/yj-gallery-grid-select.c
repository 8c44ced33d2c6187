/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is selected in the grid. */
#define G_LOG_DOMAIN "yj-gallery-grid"

#include "yj-gallery-grid-private.h"

static void
tell (YjGalleryGrid *self)
{
  GHashTableIter iter;
  gpointer job, card;

  g_hash_table_iter_init (&iter, self->cards);
  while (g_hash_table_iter_next (&iter, &job, &card))
    yj_job_card_set_selected (card, g_hash_table_contains (self->selected, job));
  g_signal_emit (self, yj_gallery_grid_signals[YJ_GALLERY_GRID_SELECTION_CHANGED], 0);
}

static void
set (YjGalleryGrid *self,
     YjJob         *job,
     gboolean       selected)
{
  if (selected)
    g_hash_table_add (self->selected, g_object_ref (job));
  else
    g_hash_table_remove (self->selected, job);
}

/* From where the selecting began, in the order that is shown. */
void
yj_gallery_grid_select_range (YjGalleryGrid *self,
                              guint          to,
                              gboolean       add)
{
  guint from = yj_gallery_grid_find_position (self, self->range_start);

  if (from == GTK_INVALID_LIST_POSITION)
    {
      g_set_object (&self->range_start, yj_gallery_model_get_job (self->model, to));
      from = to;
    }
  if (!add)
    g_hash_table_remove_all (self->selected);
  for (guint i = MIN (from, to); i <= MAX (from, to); i++)
    set (self, yj_gallery_model_get_job (self->model, i), TRUE);
  tell (self);
}

void
yj_gallery_grid_prune (YjGalleryGrid *self)
{
  GHashTableIter iter;
  gpointer job;
  gboolean gone = FALSE;

  g_hash_table_iter_init (&iter, self->selected);
  while (g_hash_table_iter_next (&iter, &job, NULL))
    if (yj_gallery_grid_find_position (self, job) == GTK_INVALID_LIST_POSITION)
      {
        g_hash_table_iter_remove (&iter);
        gone = TRUE;
      }
  if (gone)
    tell (self);
}

/**
 * yj_gallery_grid_list_selected:
 * @self: a grid
 *
 * Returns: (transfer full) (element-type YjJob): what is selected, in the order that is shown
 */
GPtrArray *
yj_gallery_grid_list_selected (YjGalleryGrid *self)
{
  GPtrArray *jobs = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (YJ_IS_GALLERY_GRID (self), jobs);

  for (guint i = 0; g_hash_table_size (self->selected) > jobs->len && i < yj_gallery_model_get_n_jobs (self->model); i++)
    if (g_hash_table_contains (self->selected, yj_gallery_model_get_job (self->model, i)))
      g_ptr_array_add (jobs, g_object_ref (yj_gallery_model_get_job (self->model, i)));

  return jobs;
}

/**
 * yj_gallery_grid_count_selected:
 * @self: a grid
 *
 * Returns: how many are selected
 */
guint
yj_gallery_grid_count_selected (YjGalleryGrid *self)
{
  g_return_val_if_fail (YJ_IS_GALLERY_GRID (self), 0);

  return g_hash_table_size (self->selected);
}

/**
 * yj_gallery_grid_is_selected:
 * @self: a grid
 * @job: a job
 *
 * Returns: whether it is selected
 */
gboolean
yj_gallery_grid_is_selected (YjGalleryGrid *self,
                             YjJob         *job)
{
  g_return_val_if_fail (YJ_IS_GALLERY_GRID (self), FALSE);

  return g_hash_table_contains (self->selected, job);
}

/**
 * yj_gallery_grid_select:
 * @self: a grid
 * @job: a job that is shown
 * @selected: whether it is to be selected; a range begins at it
 */
void
yj_gallery_grid_select (YjGalleryGrid *self,
                        YjJob         *job,
                        gboolean       selected)
{
  g_return_if_fail (YJ_IS_GALLERY_GRID (self));
  g_return_if_fail (YJ_IS_JOB (job));

  g_set_object (&self->range_start, job);
  set (self, job, selected);
  tell (self);
}

/**
 * yj_gallery_grid_select_all:
 * @self: a grid
 *
 * Selects all that is shown.
 */
void
yj_gallery_grid_select_all (YjGalleryGrid *self)
{
  g_return_if_fail (YJ_IS_GALLERY_GRID (self));

  for (guint i = 0; self->model != NULL && i < yj_gallery_model_get_n_jobs (self->model); i++)
    set (self, yj_gallery_model_get_job (self->model, i), TRUE);
  tell (self);
}

/**
 * yj_gallery_grid_unselect_all:
 * @self: a grid
 */
void
yj_gallery_grid_unselect_all (YjGalleryGrid *self)
{
  g_return_if_fail (YJ_IS_GALLERY_GRID (self));

  if (g_hash_table_size (self->selected) == 0)
    return;

  g_hash_table_remove_all (self->selected);
  tell (self);
}

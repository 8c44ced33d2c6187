/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-job-trash"

#include "yj-job-trash.h"

#include <glib/gi18n.h>

static char *
dup_note (void)
{
  return g_strdup_printf (ngettext ("Deleted videos stay here for %d day, with their files.",
                                    "Deleted videos stay here for %d days, with their files.", YJ_TRASH_DAYS), YJ_TRASH_DAYS);
}

static char *
dup_title (gpointer item)
{
  const char *prompt = yj_job_get_prompt (item);

  return g_strdup (*prompt != '\0' ? prompt : _("Without words"));
}

static gint64
get_trashed (gpointer item)
{
  return yj_job_get_trashed (item);
}

static char *
dup_heading (void)
{
  return g_strdup (_("Delete Video?"));
}

static char *
dup_empty_body (guint n)
{
  return g_strdup_printf (ngettext ("%u video will be gone for good.", "%u videos will be gone for good.", n), n);
}

static GPtrArray *
list_jobs (GListModel *items)
{
  GPtrArray *jobs = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    g_ptr_array_add (jobs, g_list_model_get_item (items, i));

  return jobs;
}

static void
restore (gpointer owner,
         gpointer item)
{
  g_autoptr(GPtrArray) jobs = g_ptr_array_new ();

  g_ptr_array_add (jobs, item);
  yj_job_queue_restore (owner, jobs);
}

static void
remove_all (gpointer    owner,
            GListModel *items)
{
  g_autoptr(GPtrArray) jobs = list_jobs (items);

  yj_job_queue_delete_trashed (owner, jobs);
}

static const YjTrashKind videos = { dup_note, dup_title, get_trashed, dup_heading, dup_empty_body, restore, remove_all };

/**
 * yj_job_trash_new:
 * @queue: whose trash to show
 *
 * Returns: (transfer floating): a dialog to present
 */
YjTrashDialog *
yj_job_trash_new (YjJobQueue *queue)
{
  g_return_val_if_fail (YJ_IS_JOB_QUEUE (queue), NULL);

  return yj_trash_dialog_new (&videos, _("Deleted Videos"), G_OBJECT (queue), yj_job_queue_get_trash (queue), YJ_TRASH_DAYS);
}

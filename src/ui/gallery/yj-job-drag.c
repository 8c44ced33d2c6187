/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-job-drag"

#include "yj-job-drag.h"

#define ICON_SIZE 128           /* px, the longer side */

/**
 * yj_job_drag_new_content:
 * @job: (nullable): a job
 *
 * Returns: (nullable) (transfer full): its video as a list of one file, or %NULL when there is none to drag
 */
GdkContentProvider *
yj_job_drag_new_content (YjJob *job)
{
  GdkContentProvider *content;
  GdkFileList *files;
  GFile *file = job != NULL && yj_job_get_state (job) == YJ_JOB_READY ? yj_job_get_file (job) : NULL;

  if (file == NULL)
    return NULL;

  files = gdk_file_list_new_from_array (&file, 1);
  content = gdk_content_provider_new_typed (GDK_TYPE_FILE_LIST, files);
  g_boxed_free (GDK_TYPE_FILE_LIST, files);

  return content;
}

/**
 * yj_job_drag_set_icon:
 * @source: what is dragged from
 * @still: (nullable): a still of the video
 *
 * Shows the still under the pointer, small; without one GTK's own picture of a file is shown.
 */
void
yj_job_drag_set_icon (GtkDragSource *source,
                      GdkPaintable  *still)
{
  g_autoptr(GtkSnapshot) snapshot = NULL;
  g_autoptr(GdkPaintable) icon = NULL;
  double width, height, ratio;

  g_return_if_fail (GTK_IS_DRAG_SOURCE (source));

  if (still == NULL)
    return;

  ratio = gdk_paintable_get_intrinsic_aspect_ratio (still);
  if (ratio <= 0)
    return;
  width = ratio >= 1 ? ICON_SIZE : ICON_SIZE * ratio;
  height = width / ratio;
  snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (still, snapshot, width, height);
  icon = gtk_snapshot_to_paintable (snapshot, NULL);
  gtk_drag_source_set_icon (source, icon, (int) width / 2, (int) height / 2);
}

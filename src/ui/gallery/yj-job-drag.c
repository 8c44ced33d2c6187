/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-job-drag"

#include "yj-job-drag.h"

#define ICON_SIZE 128           /* px, the longer side */

static GtkWidget *
new_picture (GdkPaintable *still)
{
  g_autoptr(GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr(GdkPaintable) icon = NULL;
  double ratio = gdk_paintable_get_intrinsic_aspect_ratio (still);
  double width, height;

  if (ratio <= 0)
    ratio = 1;
  width = ratio >= 1 ? ICON_SIZE : ICON_SIZE * ratio;
  height = width / ratio;
  gdk_paintable_snapshot (still, snapshot, width, height);
  icon = gtk_snapshot_to_paintable (snapshot, NULL);
  return gtk_picture_new_for_paintable (icon);
}

/**
 * yj_job_drag_set_icon:
 * @drag: a drag that begins
 * @still: (nullable): a still of the video, or of the one of several that is under the pointer
 * @n: how many videos
 *
 * Shows the still under the pointer, small, with the number of several; without one GTK's own picture of a file is shown.
 */
void
yj_job_drag_set_icon (GdkDrag      *drag,
                      GdkPaintable *still,
                      guint         n)
{
  GtkWidget *overlay;

  g_return_if_fail (GDK_IS_DRAG (drag));

  if (still == NULL)
    return;

  overlay = gtk_overlay_new ();
  gtk_overlay_set_child (GTK_OVERLAY (overlay), new_picture (still));
  if (n > 1)
    {
      g_autofree char *text = g_strdup_printf ("%u", n);
      GtkWidget *count = gtk_label_new (text);

      gtk_widget_add_css_class (count, "yj-drag-count");
      gtk_widget_set_halign (count, GTK_ALIGN_END);
      gtk_widget_set_valign (count, GTK_ALIGN_START);
      gtk_overlay_add_overlay (GTK_OVERLAY (overlay), count);
    }
  gtk_drag_icon_set_child (GTK_DRAG_ICON (gtk_drag_icon_get_for_drag (drag)), overlay);
  gdk_drag_set_hotspot (drag, ICON_SIZE / 2, ICON_SIZE / 4);
}

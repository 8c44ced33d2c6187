/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-seam"

#include "yj-seam.h"

#include <glib/gi18n.h>
#include <math.h>

#include "yj-frame-grab.h"
#include "yj-poster.h"

#define SIZE 960                /* px of the longer side, as compared and shown */

struct _YjSeam
{
  GtkListBoxRow  parent_instance;

  GtkLabel      *label;
  GtkWidget     *button;
  GFile         *before;
  GFile         *after;
  GdkTexture    *last;          /* of before */
  GdkTexture    *first;         /* of after */
  GCancellable  *cancellable;
};

G_DEFINE_FINAL_TYPE (YjSeam, yj_seam, GTK_TYPE_LIST_BOX_ROW)

/* ---- the onion skin */

static void
value_changed_cb (GtkRange  *range,
                  GtkWidget *upper)
{
  gtk_widget_set_opacity (upper, gtk_range_get_value (range) / 100);
}

static GtkWidget *
new_picture (GdkTexture *texture)
{
  GtkWidget *picture = gtk_picture_new_for_paintable (GDK_PAINTABLE (texture));

  gtk_picture_set_content_fit (GTK_PICTURE (picture), GTK_CONTENT_FIT_CONTAIN);
  gtk_widget_set_vexpand (picture, TRUE);

  return picture;
}

static GtkWidget *
new_end (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dimmed");

  return label;
}

static void
show_cb (YjSeam *self)
{
  AdwDialog *dialog = adw_dialog_new ();
  GtkWidget *view = adw_toolbar_view_new (), *overlay = gtk_overlay_new (), *upper = new_picture (self->first);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *scale = gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, 0, 100, 1);
  GtkWidget *label = gtk_label_new (gtk_label_get_text (self->label));
  GtkWidget *ends = gtk_center_box_new ();

  gtk_overlay_set_child (GTK_OVERLAY (overlay), new_picture (self->last));
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), upper);
  g_signal_connect_object (scale, "value-changed", G_CALLBACK (value_changed_cb), upper, 0);
  gtk_range_set_value (GTK_RANGE (scale), 50);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scale), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Last Frame to Next First Frame"), -1);
  gtk_widget_set_tooltip_text (scale, _("Last Frame to Next First Frame"));
  gtk_center_box_set_start_widget (GTK_CENTER_BOX (ends), new_end (_("Last Frame")));
  gtk_center_box_set_end_widget (GTK_CENTER_BOX (ends), new_end (_("Next First Frame")));
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_box_append (GTK_BOX (box), overlay);
  gtk_box_append (GTK_BOX (box), scale);
  gtk_box_append (GTK_BOX (box), ends);
  gtk_box_append (GTK_BOX (box), label);
  g_object_set (box, "margin-start", 12, "margin-end", 12, "margin-bottom", 12, NULL);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), box);
  adw_dialog_set_title (dialog, _("Seam"));
  adw_dialog_set_child (dialog, view);
  adw_dialog_set_content_width (dialog, 640);
  adw_dialog_set_content_height (dialog, 520);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

/* ---- the number */

static GBytes *
download (GdkTexture *texture,
          gsize      *stride)
{
  g_autoptr(GdkTextureDownloader) downloader = gdk_texture_downloader_new (texture);

  gdk_texture_downloader_set_format (downloader, GDK_MEMORY_R8G8B8A8);

  return gdk_texture_downloader_download_bytes (downloader, stride);
}

/* The mean difference of a channel, and of the brightness with its sign, in percent; FALSE when the sizes differ. */
static gboolean
measure (GdkTexture *a,
         GdkTexture *b,
         double     *difference,
         double     *brightness)
{
  int width = gdk_texture_get_width (a), height = gdk_texture_get_height (a);
  gsize stride_a, stride_b;
  g_autoptr(GBytes) bytes_a = NULL, bytes_b = NULL;
  gint64 sum = 0, signed_sum = 0;

  if (width != gdk_texture_get_width (b) || height != gdk_texture_get_height (b))
    return FALSE;
  bytes_a = download (a, &stride_a);
  bytes_b = download (b, &stride_b);
  for (int y = 0; y < height; y++)
    {
      const guint8 *line_a = (const guint8 *) g_bytes_get_data (bytes_a, NULL) + (gsize) y * stride_a;
      const guint8 *line_b = (const guint8 *) g_bytes_get_data (bytes_b, NULL) + (gsize) y * stride_b;

      for (int x = 0; x < width * 4; x++)
        if (x % 4 != 3)
          {
            sum += ABS (line_b[x] - line_a[x]);
            signed_sum += line_b[x] - line_a[x];
          }
    }
  *difference = (double) sum * 100 / (255.0 * 3 * width * height);
  *brightness = (double) signed_sum * 100 / (255.0 * 3 * width * height);
  return TRUE;
}

/* What people see of it: frames next to each other in one clip are below one percent, another scene is far above ten. */
static const char *
get_word (double difference)
{
  return difference < 1 ? _("No visible seam") : difference < 3 ? _("Slight seam") : difference < 10 ? _("Visible seam") : _("Hard cut");
}

static void
show_number (YjSeam *self)
{
  double difference = 0, brightness = 0;
  g_autoptr(GString) text = g_string_new (NULL);

  if (self->last == NULL || self->first == NULL)
    return;
  if (!measure (self->last, self->first, &difference, &brightness))
    g_string_append (text, _("Frames of different sizes"));
  else
    {
      /* translators: %s: as “Slight seam”, %.1f: percent */
      g_string_append_printf (text, _("%s · difference %.1f %%"), get_word (difference), difference);
      if (fabs (brightness) >= 0.5)
        {
          g_string_append (text, " · ");
          g_string_append_printf (text, _("brightness %+.1f %%"), brightness);
        }
    }
  gtk_label_set_text (self->label, text->str);
  gtk_widget_set_sensitive (self->button, TRUE);
}

static void
first_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  GdkTexture *texture = yj_poster_load_finish (result, &error);
  YjSeam *self = user_data;

  if (texture == NULL)
    return;                     /* cancelled; or it cannot be read, which the plan says */
  self->first = texture;
  show_number (self);
}

static void
last_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  GdkTexture *texture = yj_poster_load_finish (result, &error);
  YjSeam *self = user_data;

  if (texture == NULL)
    return;
  self->last = texture;
  yj_poster_load_frame_async (self->after, SIZE, 0, self->cancellable, first_cb, self);
}

static void
yj_seam_dispose (GObject *object)
{
  YjSeam *self = YJ_SEAM (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->before);
  g_clear_object (&self->after);
  g_clear_object (&self->last);
  g_clear_object (&self->first);

  G_OBJECT_CLASS (yj_seam_parent_class)->dispose (object);
}

static void
yj_seam_class_init (YjSeamClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = yj_seam_dispose;
}

static void
yj_seam_init (YjSeam *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->cancellable = g_cancellable_new ();
  self->label = GTK_LABEL (gtk_label_new ("…"));
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_xalign (self->label, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->label), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "dimmed");
  self->button = gtk_button_new_with_label (_("Compare"));
  gtk_widget_set_tooltip_text (self->button, _("Compare the Seam"));
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_add_css_class (self->button, "caption");
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (self->button, FALSE);
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (show_cb), self);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->label));
  gtk_box_append (GTK_BOX (box), self->button);
  g_object_set (box, "margin-start", 12, "margin-end", 6, NULL);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
}

/**
 * yj_seam_new:
 * @before: a clip
 * @after: the one that follows it
 *
 * Returns: (transfer floating): a row of a list that says how well they fit, and shows both frames one over the other
 */
GtkWidget *
yj_seam_new (GFile *before,
             GFile *after)
{
  YjSeam *self = g_object_new (YJ_TYPE_SEAM, NULL);

  self->before = g_object_ref (before);
  self->after = g_object_ref (after);
  yj_poster_load_frame_async (before, SIZE, YJ_FRAME_LAST, self->cancellable, last_cb, self);

  return GTK_WIDGET (self);
}

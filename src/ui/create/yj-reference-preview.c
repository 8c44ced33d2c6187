/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-reference-preview"

#include "yj-reference-preview.h"

#include <glib/gi18n.h>
#include <string.h>

#include "yj-error-text.h"
#include "yj-job-text.h"
#include "yj-plainness.h"
#include "yj-player.h"
#include "yj-poster.h"
#include "yj-reference-tile.h"
#include "yj-zoom-view.h"

#define PICTURE_SIZE 2048       /* px of the longer side, decoded in the helper */
#define FINE_SIZE    4096       /* when it is looked at closely: the most that the helper gives */
#define SECOND G_GINT64_CONSTANT (1000000000)   /* ns */

struct _YjReferencePreview
{
  AdwDialog       parent_instance;

  AdwWindowTitle *window_title;
  GtkStack       *stage;
  YjZoomView     *picture;
  GtkWidget      *zoom_controls;
  GtkLabel       *percent;
  GtkPicture     *clip;
  AdwStatusPage  *failed;
  GtkWidget      *controls;
  GtkButton      *play;
  GtkWidget      *scale;
  GtkAdjustment  *seek;
  GtkLabel       *time;

  YjDraftFile    *file;
  YjPlayer       *player;       /* of a clip or sound, else NULL */
  gboolean        fine;         /* the finest picture was asked for */
  GCancellable   *cancellable;
};

G_DEFINE_FINAL_TYPE (YjReferencePreview, yj_reference_preview, ADW_TYPE_DIALOG)

static void
show_failure (YjReferencePreview *self,
              const GError       *error)
{
  g_autofree char *text = yj_error_text_dup (error);

  adw_status_page_set_description (self->failed, text);
  gtk_stack_set_visible_child_name (self->stage, "failed");
  gtk_widget_set_visible (self->controls, FALSE);
  gtk_widget_set_visible (self->zoom_controls, FALSE);
}

/* ---- pictures */
static int
get_longest (YjReferencePreview *self)
{
  return MAX (yj_draft_file_get_width (self->file), yj_draft_file_get_height (self->file));
}

static void
poster_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(YjReferencePreview) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GdkTexture) texture = yj_poster_load_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (texture == NULL)
    {
      /* the coarser one is still there */
      if (!self->fine)
        show_failure (self, error);
      return;
    }
  yj_zoom_view_set_texture (self->picture, texture, get_longest (self));
  if (self->fine)
    return;

  gtk_stack_set_visible_child_name (self->stage, "picture");
  gtk_widget_set_visible (self->zoom_controls, TRUE);
  adw_dialog_set_focus (ADW_DIALOG (self), GTK_WIDGET (self->picture));
}

static void
percent_cb (YjReferencePreview *self)
{
  g_autofree char *text = g_strdup_printf ("%u%%", yj_zoom_view_get_percent (self->picture));

  gtk_label_set_label (self->percent, text);
  if (self->fine || self->file == NULL || !yj_zoom_view_wants_more (self->picture))
    return;

  self->fine = TRUE;
  yj_poster_load_async (yj_draft_file_get_file (self->file), FINE_SIZE, self->cancellable, poster_cb, g_object_ref (self));
}

static void
zoom_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  YjReferencePreview *self = YJ_REFERENCE_PREVIEW (widget);

  if (strcmp (action_name, "preview.zoom-fit") == 0)
    yj_zoom_view_fit (self->picture);
  else if (strcmp (action_name, "preview.zoom-full") == 0)
    yj_zoom_view_show_full (self->picture);
  else
    yj_zoom_view_step (self->picture, strcmp (action_name, "preview.zoom-in") == 0);
}

/* ---- clips and sounds */
static void
time_cb (YjReferencePreview *self)
{
  gint64 position = yj_player_get_position (self->player), duration = yj_player_get_duration (self->player);
  g_autofree char *now = NULL, *all = NULL, *text = NULL;

  if (duration <= 0)
    duration = yj_draft_file_get_duration (self->file);
  now = yj_job_text_dup_duration (MAX (position, 0));
  all = yj_job_text_dup_duration (duration);
  text = g_strdup_printf ("%s / %s", now, all);
  gtk_label_set_label (self->time, text);
  gtk_adjustment_set_upper (self->seek, (double) duration / SECOND);
  gtk_adjustment_set_value (self->seek, (double) position / SECOND);
}

static void
playing_cb (YjReferencePreview *self)
{
  gboolean playing = yj_player_get_playing (self->player);

  gtk_button_set_icon_name (self->play, playing ? "media-playback-pause-symbolic" : "media-playback-start-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->play), playing ? _("Pause") : _("Play"));
}

static void
ready_cb (YjReferencePreview *self)
{
  gboolean ready = FALSE;

  g_object_get (self->player, "ready", &ready, NULL);
  if (!ready || yj_draft_file_get_kind (self->file) != YJ_MEDIA_KIND_VIDEO)
    return;

  gtk_picture_set_paintable (self->clip, yj_player_get_paintable (self->player));
  gtk_stack_set_visible_child_name (self->stage, "clip");
}

static void
failed_cb (YjReferencePreview *self,
           GError             *error)
{
  show_failure (self, error);
}

static gboolean
change_value_cb (YjReferencePreview *self,
                 GtkScrollType       scroll,
                 double              value)
{
  double end = gtk_adjustment_get_upper (self->seek);

  yj_player_seek (self->player, (gint64) (CLAMP (value, 0, end) * SECOND));
  return GDK_EVENT_PROPAGATE;
}

static void
start_player (YjReferencePreview *self)
{
  self->player = yj_player_new ();
  g_object_set (self->player, "loop", FALSE, "plainness", yj_plainness_get (GTK_WIDGET (self)), NULL);
  g_signal_connect_object (self->player, "notify::position", G_CALLBACK (time_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->player, "notify::duration", G_CALLBACK (time_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->player, "notify::playing", G_CALLBACK (playing_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->player, "notify::ready", G_CALLBACK (ready_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->player, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_visible (self->controls, TRUE);
  time_cb (self);
  yj_player_set_file (self->player, yj_draft_file_get_file (self->file));
  adw_dialog_set_focus (ADW_DIALOG (self), GTK_WIDGET (self->play));
}

/* ---- actions */
static void
toggle_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  YjReferencePreview *self = YJ_REFERENCE_PREVIEW (widget);
  gint64 duration;

  if (self->player == NULL)
    return;
  if (yj_player_get_playing (self->player))
    {
      yj_player_pause (self->player);
      return;
    }

  duration = yj_player_get_duration (self->player);
  if (duration > 0 && yj_player_get_position (self->player) >= duration - SECOND / 10)
    yj_player_seek (self->player, 0);
  yj_player_play (self->player);
}

static void
launch_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(YjReferencePreview) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!gtk_file_launcher_launch_finish (GTK_FILE_LAUNCHER (object), result, &error) &&
      !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    show_failure (self, error);
}

static void
open_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  YjReferencePreview *self = YJ_REFERENCE_PREVIEW (widget);
  g_autoptr(GtkFileLauncher) launcher = gtk_file_launcher_new (yj_draft_file_get_file (self->file));
  GtkRoot *root = gtk_widget_get_root (widget);

  gtk_file_launcher_launch (launcher, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, self->cancellable, launch_cb,
                            g_object_ref (self));
}

/* ---- type */
static void
yj_reference_preview_closed (AdwDialog *dialog)
{
  YjReferencePreview *self = YJ_REFERENCE_PREVIEW (dialog);

  g_cancellable_cancel (self->cancellable);
  if (self->player != NULL)
    yj_player_set_file (self->player, NULL);
}

static void
yj_reference_preview_dispose (GObject *object)
{
  YjReferencePreview *self = YJ_REFERENCE_PREVIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->player);
  g_clear_object (&self->file);
  gtk_widget_dispose_template (GTK_WIDGET (self), YJ_TYPE_REFERENCE_PREVIEW);

  G_OBJECT_CLASS (yj_reference_preview_parent_class)->dispose (object);
}

/* With or without Ctrl: there is nothing to type here. */
static void
add_zoom_keys (GtkWidgetClass *widget_class)
{
  static const struct { guint key; const char *action; } keys[] = {
    { GDK_KEY_plus, "preview.zoom-in" }, { GDK_KEY_equal, "preview.zoom-in" }, { GDK_KEY_KP_Add, "preview.zoom-in" },
    { GDK_KEY_minus, "preview.zoom-out" }, { GDK_KEY_KP_Subtract, "preview.zoom-out" },
    { GDK_KEY_0, "preview.zoom-fit" }, { GDK_KEY_KP_0, "preview.zoom-fit" },
    { GDK_KEY_1, "preview.zoom-full" }, { GDK_KEY_KP_1, "preview.zoom-full" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      gtk_widget_class_add_binding_action (widget_class, keys[i].key, 0, keys[i].action, NULL);
      gtk_widget_class_add_binding_action (widget_class, keys[i].key, GDK_CONTROL_MASK, keys[i].action, NULL);
    }
}

static void
yj_reference_preview_class_init (YjReferencePreviewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_reference_preview_dispose;
  ADW_DIALOG_CLASS (klass)->closed = yj_reference_preview_closed;

  gtk_widget_class_install_action (widget_class, "preview.toggle", NULL, toggle_action);
  gtk_widget_class_install_action (widget_class, "preview.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "preview.zoom-in", NULL, zoom_action);
  gtk_widget_class_install_action (widget_class, "preview.zoom-out", NULL, zoom_action);
  gtk_widget_class_install_action (widget_class, "preview.zoom-fit", NULL, zoom_action);
  gtk_widget_class_install_action (widget_class, "preview.zoom-full", NULL, zoom_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_space, 0, "preview.toggle", NULL);
  add_zoom_keys (widget_class);

  g_type_ensure (YJ_TYPE_ZOOM_VIEW);

  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-reference-preview.ui");
  gtk_widget_class_bind_template_child (widget_class, YjReferencePreview, window_title);
  gtk_widget_class_bind_template_child (widget_class, YjReferencePreview, stage);
  gtk_widget_class_bind_template_child (widget_class, YjReferencePreview, picture);
  gtk_widget_class_bind_template_child (widget_class, YjReferencePreview, zoom_controls);
  gtk_widget_class_bind_template_child (widget_class, YjReferencePreview, percent);
  gtk_widget_class_bind_template_child (widget_class, YjReferencePreview, clip);
  gtk_widget_class_bind_template_child (widget_class, YjReferencePreview, failed);
  gtk_widget_class_bind_template_child (widget_class, YjReferencePreview, controls);
  gtk_widget_class_bind_template_child (widget_class, YjReferencePreview, play);
  gtk_widget_class_bind_template_child (widget_class, YjReferencePreview, scale);
  gtk_widget_class_bind_template_child (widget_class, YjReferencePreview, seek);
  gtk_widget_class_bind_template_child (widget_class, YjReferencePreview, time);
  gtk_widget_class_bind_template_callback (widget_class, change_value_cb);
}

static void
yj_reference_preview_init (YjReferencePreview *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->picture, "notify::percent", G_CALLBACK (percent_cb), self, G_CONNECT_SWAPPED);
}

/**
 * yj_reference_preview_new:
 * @file: an attached file
 *
 * Returns: (transfer floating): a dialog that shows or plays it
 */
AdwDialog *
yj_reference_preview_new (YjDraftFile *file)
{
  YjReferencePreview *self;
  g_autofree char *facts = NULL;

  g_return_val_if_fail (YJ_IS_DRAFT_FILE (file), NULL);

  self = g_object_new (YJ_TYPE_REFERENCE_PREVIEW, NULL);
  self->file = g_object_ref (file);
  facts = yj_reference_tile_dup_facts (file);
  adw_dialog_set_title (ADW_DIALOG (self), yj_draft_file_get_name (file));
  adw_window_title_set_title (self->window_title, yj_draft_file_get_name (file));
  adw_window_title_set_subtitle (self->window_title, facts);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->picture), GTK_ACCESSIBLE_PROPERTY_LABEL, yj_draft_file_get_name (file), -1);
  gtk_picture_set_alternative_text (self->clip, yj_draft_file_get_name (file));
  if (yj_draft_file_get_kind (file) == YJ_MEDIA_KIND_AUDIO)
    {
      gtk_stack_set_visible_child_name (self->stage, "sound");
      adw_dialog_set_content_width (ADW_DIALOG (self), 480);
      adw_dialog_set_content_height (ADW_DIALOG (self), 320);
    }
  if (yj_draft_file_get_kind (file) == YJ_MEDIA_KIND_IMAGE)
    yj_poster_load_async (yj_draft_file_get_file (file), PICTURE_SIZE, self->cancellable, poster_cb, g_object_ref (self));
  else
    start_player (self);

  return ADW_DIALOG (self);
}

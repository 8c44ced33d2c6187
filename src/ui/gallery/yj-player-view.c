/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-player-view"

#include "yj-player-view.h"

#include <glib/gi18n.h>

#include "yj-codec-hint.h"
#include "yj-error-text.h"
#include "yj-gallery-actions.h"
#include "yj-job-content.h"
#include "yj-job-drag.h"
#include "yj-job-text.h"
#include "yj-mpris.h"
#include "yj-plainness.h"
#include "yj-player-frame.h"
#include "yj-player.h"
#include "yj-poster-image.h"
#include "yj-probe.h"

struct _YjPlayerView
{
  AdwBin         parent_instance;

  YjJob         *job;
  GSignalGroup  *signals;
  YjPlayer      *player;
  YjMpris       *mpris;         /* as long as there is a file */
  GError        *error;         /* why the video cannot be played, or NULL */
  guint          tick_id;

  YjPlayerFrame *frame;
  GtkStack      *stage;
  GtkWidget     *state_spinner;
  GtkImage      *state_icon;
  GtkLabel      *state_label;
  GtkProgressBar *state_progress;
  AdwWrapBox    *state_buttons;
  YjPosterImage *poster;
  GtkPicture    *picture;
  GtkGraphicsOffload *offload;
};

typedef enum
{
  PROP_JOB = 1,
} YjPlayerViewProps;

static GParamSpec *props[PROP_JOB + 1];

G_DEFINE_FINAL_TYPE (YjPlayerView, yj_player_view, ADW_TYPE_BIN)

/* ---- what the stage shows */

static gboolean
has_video (YjPlayerView *self)
{
  return self->job != NULL && yj_job_get_state (self->job) == YJ_JOB_READY && yj_job_get_file (self->job) != NULL;
}

static void
update_words (YjPlayerView *self)
{
  YjJobState state = yj_job_get_state (self->job);
  gint64 total = yj_job_get_total (self->job);
  gboolean bytes = (state == YJ_JOB_SUBMITTING || state == YJ_JOB_DOWNLOADING) && total > 0;
  g_autofree char *text = NULL;

  if (self->error != NULL)
    text = yj_codec_hint_dup_error (self->error);
  else
    {
      g_autofree char *words = yj_job_text_dup_state (self->job), *advice = yj_job_text_dup_advice (self->job);
      text = g_strjoin ("\n\n", words, advice, NULL);
    }

  gtk_label_set_text (self->state_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->state_progress), bytes);
  if (bytes)
    gtk_progress_bar_set_fraction (self->state_progress, CLAMP ((double) yj_job_get_moved (self->job) / (double) total, 0, 1));
}

static gboolean
tick_cb (gpointer user_data)
{
  update_words (user_data);
  return G_SOURCE_CONTINUE;
}

/* The file is away or spoilt: the platform may still have it. */
static void
offer_download (YjPlayerView *self)
{
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_PAGE);
  GtkWidget *button = gtk_button_new_with_label (_("Download Again"));

  if (page != NULL)
    gtk_widget_action_set_enabled (page, "job.download-again", yj_job_get_task_id (self->job) != NULL);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "job.download-again");
  gtk_widget_set_tooltip_text (button, _("Free: fetches the video once more"));
  adw_wrap_box_append (self->state_buttons, button);
  gtk_widget_set_visible (GTK_WIDGET (self->state_buttons), TRUE);
}

static void
update_stage (YjPlayerView *self)
{
  gboolean video, ready = FALSE;
  YjJobState state;

  if (self->job == NULL)
    return;

  state = yj_job_get_state (self->job);
  video = has_video (self) && self->error == NULL;
  g_object_get (self->player, "ready", &ready, NULL);
  gtk_widget_set_visible (GTK_WIDGET (yj_player_frame_get_controls (self->frame)), video);
  gtk_stack_set_visible_child_name (self->stage, !video ? "state" : ready ? "video" : "poster");
  if (video)
    {
      g_clear_handle_id (&self->tick_id, g_source_remove);
      return;
    }

  gtk_widget_set_visible (self->state_spinner, !yj_job_state_is_final (state) && !yj_job_get_resting (self->job));
  gtk_widget_set_visible (GTK_WIDGET (self->state_icon), yj_job_state_is_final (state));
  gtk_image_set_from_icon_name (self->state_icon, self->error != NULL ? "dialog-error-symbolic" : yj_job_text_get_icon (state));
  yj_gallery_actions_fill_buttons (self->state_buttons, self->job);
  if (self->error != NULL)
    offer_download (self);
  update_words (self);
  if (self->tick_id == 0 && !yj_job_state_is_final (state))
    self->tick_id = g_timeout_add_seconds (1, tick_cb, self);
  else if (yj_job_state_is_final (state))
    g_clear_handle_id (&self->tick_id, g_source_remove);
}

/* ---- the file */

/* The player has the file as long as the view is in a window. Being unmapped is no reason to let go: a breakpoint
   does that in passing. */
static void
update_file (YjPlayerView *self)
{
  GFile *file = gtk_widget_get_root (GTK_WIDGET (self)) != NULL && has_video (self) ? yj_job_get_file (self->job) : NULL;
  GFile *present = yj_player_get_file (self->player);

  if (file == present || (file != NULL && present != NULL && g_file_equal (file, present)))
    return;

  g_clear_error (&self->error);
  g_clear_object (&self->mpris);
  if (file != NULL)     /* the window is known only now */
    g_object_set (self->player, "plainness", yj_plainness_get (GTK_WIDGET (self)), NULL);
  yj_player_set_file (self->player, file);
  if (file != NULL)
    self->mpris = yj_mpris_new (YJ_TRANSPORT (self->player), yj_job_get_prompt (self->job), yj_job_get_cover (self->job),
                                GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  /* Whoever opens a video wants to see it. */
  if (file != NULL)
    yj_player_play (self->player);
}

static void
job_changed_cb (YjPlayerView *self,
                GParamSpec   *pspec)
{
  if (g_str_equal (pspec->name, "moved") || g_str_equal (pspec->name, "total"))
    {
      if (!has_video (self))
        update_words (self);
      return;
    }
  g_object_set (self->poster, "file", yj_job_get_cover (self->job) != NULL ? yj_job_get_cover (self->job) : yj_job_get_file (self->job), NULL);
  update_file (self);
  update_stage (self);
}

static void
plainness_cb (YjPlayerView *self)
{
  int plainness;

  g_object_get (self->player, "plainness", &plainness, NULL);
  gtk_graphics_offload_set_enabled (self->offload, plainness >= YJ_PLAYER_NO_OFFLOAD ? GTK_GRAPHICS_OFFLOAD_DISABLED
                                                                                     : GTK_GRAPHICS_OFFLOAD_ENABLED);
}

static void
failed_cb (YjPlayerView *self,
           const GError *error)
{
  g_clear_error (&self->error);
  self->error = g_error_copy (error);
  update_stage (self);
}

/* ---- the picture itself */

static GdkContentProvider *
drag_prepare_cb (GtkDragSource *source,
                 double         x,
                 double         y,
                 YjPlayerView  *self)
{
  g_autoptr(GPtrArray) jobs = g_ptr_array_new ();

  if (self->job != NULL)
    g_ptr_array_add (jobs, self->job);
  return yj_job_content_new (jobs);
}

static void
drag_begin_cb (GtkDragSource *source,
               GdkDrag       *drag,
               YjPlayerView  *self)
{
  yj_job_drag_set_icon (drag, yj_poster_image_get_paintable (self->poster), 1);
}

static void
yj_player_view_root (GtkWidget *widget)
{
  YjPlayerView *self = YJ_PLAYER_VIEW (widget);

  GTK_WIDGET_CLASS (yj_player_view_parent_class)->root (widget);

  update_file (self);
  update_stage (self);
}

static void
yj_player_view_unroot (GtkWidget *widget)
{
  YjPlayerView *self = YJ_PLAYER_VIEW (widget);

  g_clear_object (&self->mpris);
  /* The root is still known in here; and whoever else holds the view must not keep the video playing. */
  yj_player_set_file (self->player, NULL);

  GTK_WIDGET_CLASS (yj_player_view_parent_class)->unroot (widget);

  g_clear_handle_id (&self->tick_id, g_source_remove);
}

static void
yj_player_view_dispose (GObject *object)
{
  YjPlayerView *self = YJ_PLAYER_VIEW (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_object (&self->mpris);
  if (self->player != NULL)
    yj_player_set_file (self->player, NULL);
  g_clear_object (&self->signals);
  /* The frame is a template child and the bin's own: it must not be let go twice. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), YJ_TYPE_PLAYER_VIEW);
  g_clear_object (&self->player);
  g_clear_object (&self->job);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (yj_player_view_parent_class)->dispose (object);
}

static void
yj_player_view_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  YjPlayerView *self = YJ_PLAYER_VIEW (object);

  switch ((YjPlayerViewProps) prop_id)
    {
    case PROP_JOB:
      g_value_set_object (value, self->job);
      break;
    }
}

static void
yj_player_view_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  YjPlayerView *self = YJ_PLAYER_VIEW (object);

  switch ((YjPlayerViewProps) prop_id)
    {
    case PROP_JOB:
      if (g_set_object (&self->job, g_value_get_object (value)))
        {
          g_signal_group_set_target (self->signals, self->job);
          if (self->job != NULL)
            job_changed_cb (self, pspec);
        }
      break;
    }
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, YjPlayerView, frame);
  gtk_widget_class_bind_template_child (widget_class, YjPlayerView, stage);
  gtk_widget_class_bind_template_child (widget_class, YjPlayerView, state_spinner);
  gtk_widget_class_bind_template_child (widget_class, YjPlayerView, state_icon);
  gtk_widget_class_bind_template_child (widget_class, YjPlayerView, state_label);
  gtk_widget_class_bind_template_child (widget_class, YjPlayerView, state_progress);
  gtk_widget_class_bind_template_child (widget_class, YjPlayerView, state_buttons);
  gtk_widget_class_bind_template_child (widget_class, YjPlayerView, poster);
  gtk_widget_class_bind_template_child (widget_class, YjPlayerView, picture);
  gtk_widget_class_bind_template_child (widget_class, YjPlayerView, offload);
  gtk_widget_class_bind_template_callback (widget_class, drag_prepare_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_begin_cb);
}

static void
yj_player_view_class_init (YjPlayerViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_player_view_dispose;
  object_class->get_property = yj_player_view_get_property;
  object_class->set_property = yj_player_view_set_property;
  widget_class->root = yj_player_view_root;
  widget_class->unroot = yj_player_view_unroot;

  props[PROP_JOB] = g_param_spec_object ("job", NULL, NULL, YJ_TYPE_JOB, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  g_type_ensure (YJ_TYPE_PLAYER_FRAME);
  g_type_ensure (YJ_TYPE_POSTER_IMAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-player-view.ui");
  bind_children (widget_class);
}

static void
connect_player (YjPlayerView *self)
{
  self->player = yj_player_new ();
  g_signal_connect_object (self->player, "notify::plainness", G_CALLBACK (plainness_cb), self, G_CONNECT_SWAPPED);
  g_object_bind_property (self->player, "paintable", self->picture, "paintable", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (self->player, "notify::ready", G_CALLBACK (update_stage), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->player, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  g_object_set (self->frame, "player", self->player, NULL);
}

static void
yj_player_view_init (YjPlayerView *self)
{
  self->signals = g_signal_group_new (YJ_TYPE_JOB);
  g_signal_group_connect_swapped (self->signals, "notify", G_CALLBACK (job_changed_cb), self);
  gtk_widget_init_template (GTK_WIDGET (self));
  connect_player (self);
}

/**
 * yj_player_view_get_position:
 * @self: a player
 *
 * Returns: the place of the frame on show, in ns
 */
gint64
yj_player_view_get_position (YjPlayerView *self)
{
  g_return_val_if_fail (YJ_IS_PLAYER_VIEW (self), 0);

  return yj_player_get_position (self->player);
}

/**
 * yj_player_view_get_player:
 * @self: a player
 *
 * Returns: (transfer none): what plays the video
 */
YjPlayer *
yj_player_view_get_player (YjPlayerView *self)
{
  g_return_val_if_fail (YJ_IS_PLAYER_VIEW (self), NULL);

  return self->player;
}

/**
 * yj_player_view_get_frame:
 * @self: a player
 *
 * Returns: (transfer none): what is around the video
 */
YjPlayerFrame *
yj_player_view_get_frame (YjPlayerView *self)
{
  g_return_val_if_fail (YJ_IS_PLAYER_VIEW (self), NULL);

  return self->frame;
}

/**
 * yj_player_view_focus:
 * @self: a player
 *
 * Puts the focus where Space plays.
 */
void
yj_player_view_focus (YjPlayerView *self)
{
  YjPlayerControls *controls;

  g_return_if_fail (YJ_IS_PLAYER_VIEW (self));

  controls = yj_player_frame_get_controls (self->frame);
  if (gtk_widget_get_visible (GTK_WIDGET (controls)))
    yj_player_controls_focus (controls);
}

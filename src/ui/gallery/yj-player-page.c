/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-player-page"

#include "yj-player-page.h"

#include <glib/gi18n.h>

#include "yj-copy-frame.h"
#include "yj-gallery-actions.h"
#include "yj-gallery-reuse.h"
#include "yj-keep-focus.h"
#include "yj-player-view.h"
#include "yj-recipe-view.h"
#include "yj-save.h"
#include "yj-when-painted.h"
#include "yj-window.h"

struct _YjPlayerPage
{
  AdwNavigationPage  parent_instance;

  YjJob             *job;
  GSignalGroup      *signals;
  guint              tick_id;      /* while the first frame of the video is painted */
  guint              late_id;      /* until the recipe is shown in any case */

  AdwToolbarView    *toolbar_view;
  GtkWidget         *header;
  GtkBox            *box;
  GtkWidget         *side;
  YjPlayerView      *view;
  AdwBin            *recipe;
};

/* How long the recipe waits for the first frame of its video, in ms. */
#define RECIPE_WAIT 400

typedef enum
{
  PROP_JOB = 1,
} YjPlayerPageProps;

static GParamSpec *props[PROP_JOB + 1];

G_DEFINE_FINAL_TYPE (YjPlayerPage, yj_player_page, ADW_TYPE_NAVIGATION_PAGE)

static gboolean
has_video (YjPlayerPage *self)
{
  return yj_job_get_state (self->job) == YJ_JOB_READY && yj_job_get_file (self->job) != NULL;
}

static void
update (YjPlayerPage *self)
{
  gboolean ready = has_video (self);

  yj_gallery_actions_update (GTK_WIDGET (self), self->job);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "job.open", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.save-frame", ready);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.copy-frame", ready);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.use-frame", ready);
}

static void
job_changed_cb (YjPlayerPage *self,
                GParamSpec   *pspec)
{
  if (!g_str_equal (pspec->name, "moved") && !g_str_equal (pspec->name, "total"))
    update (self);
}

/* ---- the recipe: made once the video is to be seen, which it would keep waiting */

static void
stop_waiting (YjPlayerPage *self)
{
  g_clear_handle_id (&self->late_id, g_source_remove);
  if (self->tick_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick_id);
  self->tick_id = 0;
}

static void
show_recipe (YjPlayerPage *self)
{
  stop_waiting (self);
  adw_bin_set_child (self->recipe, g_object_new (YJ_TYPE_RECIPE_VIEW, "job", self->job, NULL));
}

static void
late_cb (gpointer user_data)
{
  YjPlayerPage *self = user_data;

  self->late_id = 0;
  show_recipe (self);
}

static void
painted_cb (gpointer user_data)
{
  YjPlayerPage *self = user_data;

  self->tick_id = 0;
  show_recipe (self);
}

static void
ready_cb (YjPlayerPage *self)
{
  gboolean ready;

  if (self->late_id == 0 || self->tick_id != 0)
    return;

  g_object_get (yj_player_view_get_player (self->view), "ready", &ready, NULL);
  if (!ready)
    return;

  self->tick_id = yj_when_painted (GTK_WIDGET (self), painted_cb, self);
}

static void
await_video (YjPlayerPage *self)
{
  stop_waiting (self);
  self->late_id = g_timeout_add_once (RECIPE_WAIT, late_cb, self);
  ready_cb (self);
}

/* ---- what is done with the frame on show */

static void
save_frame_cb (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  YjPlayerPage *self = YJ_PLAYER_PAGE (widget);

  yj_save_frame (YJ_WINDOW (gtk_widget_get_root (widget)), self->job, yj_player_view_get_position (self->view));
}

static void
copy_frame_cb (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  YjPlayerPage *self = YJ_PLAYER_PAGE (widget);

  yj_copy_frame (YJ_WINDOW (gtk_widget_get_root (widget)), self->job, yj_player_view_get_position (self->view));
}

static void
use_frame_cb (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  YjPlayerPage *self = YJ_PLAYER_PAGE (widget);

  yj_gallery_reuse_frame (widget, self->job, yj_player_view_get_position (self->view), (YjSlotRole) g_variant_get_int32 (parameter));
}

static void
fullscreen_cb (YjPlayerPage *self)
{
  gboolean fullscreen;

  g_object_get (yj_player_view_get_frame (self->view), "fullscreen", &fullscreen, NULL);
  gtk_widget_set_visible (self->side, !fullscreen);
}

static void
yj_player_page_shown (AdwNavigationPage *page)
{
  yj_player_view_focus (YJ_PLAYER_PAGE (page)->view);
}

static void
yj_player_page_hiding (AdwNavigationPage *page)
{
  yj_player_frame_leave (yj_player_view_get_frame (YJ_PLAYER_PAGE (page)->view));
}

static void
yj_player_page_dispose (GObject *object)
{
  YjPlayerPage *self = YJ_PLAYER_PAGE (object);

  stop_waiting (self);
  /* The toolbar view is a template child and the page's own: it must not be let go twice. */
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), YJ_TYPE_PLAYER_PAGE);
  g_clear_object (&self->signals);
  g_clear_object (&self->job);

  G_OBJECT_CLASS (yj_player_page_parent_class)->dispose (object);
}

static void
yj_player_page_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  YjPlayerPage *self = YJ_PLAYER_PAGE (object);

  switch ((YjPlayerPageProps) prop_id)
    {
    case PROP_JOB:
      g_value_set_object (value, self->job);
      break;
    }
}

static void
yj_player_page_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  YjPlayerPage *self = YJ_PLAYER_PAGE (object);

  switch ((YjPlayerPageProps) prop_id)
    {
    case PROP_JOB:
      if (g_set_object (&self->job, g_value_get_object (value)) && self->job != NULL)
        {
          g_signal_group_set_target (self->signals, self->job);
          g_object_set (self->view, "job", self->job, NULL);
          update (self);
          if (has_video (self))
            await_video (self);
          else
            show_recipe (self);
        }
      break;
    }
}

static void
yj_player_page_class_init (YjPlayerPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_player_page_dispose;
  object_class->get_property = yj_player_page_get_property;
  object_class->set_property = yj_player_page_set_property;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = yj_player_page_shown;
  ADW_NAVIGATION_PAGE_CLASS (klass)->hiding = yj_player_page_hiding;

  props[PROP_JOB] = g_param_spec_object ("job", NULL, NULL, YJ_TYPE_JOB, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  g_type_ensure (YJ_TYPE_PLAYER_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-player-page.ui");
  gtk_widget_class_bind_template_child (widget_class, YjPlayerPage, toolbar_view);
  gtk_widget_class_bind_template_child (widget_class, YjPlayerPage, header);
  gtk_widget_class_bind_template_child (widget_class, YjPlayerPage, box);
  gtk_widget_class_bind_template_child (widget_class, YjPlayerPage, side);
  gtk_widget_class_bind_template_child (widget_class, YjPlayerPage, view);
  gtk_widget_class_bind_template_child (widget_class, YjPlayerPage, recipe);

  yj_gallery_actions_install (widget_class);
  gtk_widget_class_install_action (widget_class, "page.save-frame", NULL, save_frame_cb);
  gtk_widget_class_install_action (widget_class, "page.copy-frame", NULL, copy_frame_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "page.copy-frame", NULL);
  gtk_widget_class_install_action (widget_class, "page.use-frame", "i", use_frame_cb);
  yj_player_actions_add_keys (widget_class);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "job.remove", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "job.copy-file", NULL);
}

static void
yj_player_page_init (YjPlayerPage *self)
{
  YjPlayerFrame *frame;

  self->signals = g_signal_group_new (YJ_TYPE_JOB);
  g_signal_group_connect_swapped (self->signals, "notify", G_CALLBACK (job_changed_cb), self);
  gtk_widget_init_template (GTK_WIDGET (self));
  yj_keep_focus (adw_toolbar_view_get_content (self->toolbar_view), "current-breakpoint");
  frame = yj_player_view_get_frame (self->view);
  yj_player_frame_set_page (frame, GTK_WIDGET (self), self->toolbar_view, self->header);
  g_signal_connect_object (yj_player_view_get_player (self->view), "notify::ready", G_CALLBACK (ready_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (frame, "notify::fullscreen", G_CALLBACK (fullscreen_cb), self, G_CONNECT_SWAPPED);
}

/**
 * yj_player_page_new:
 * @job: a job, in whatever state
 *
 * Returns: (transfer floating): a page that shows its video, or how it stands, and its recipe
 */
YjPlayerPage *
yj_player_page_new (YjJob *job)
{
  g_return_val_if_fail (YJ_IS_JOB (job), NULL);

  return g_object_new (YJ_TYPE_PLAYER_PAGE, "job", job, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-player-frame"

#include "yj-player-frame.h"

#include "yj-plainer-banner.h"

#define IDLE_MS 2500            /* after which the controls go in full screen */

struct _YjPlayerFrame
{
  GtkWidget         parent_instance;

  GtkWidget        *overlay;
  GtkBox           *column;
  YjPlainerBanner  *banner;
  GtkWidget        *stage;
  GtkWidget        *below;
  AdwBin           *lower;      /* where the controls are, and in full screen: */
  AdwBin           *upper;
  GtkRevealer      *revealer;
  YjPlayerControls *controls;

  AdwToolbarView   *view;       /* of the page, which outlives the frame in it */
  GtkWidget        *header;
  GtkWindow        *window;     /* the one that fullscreened_id is of */
  gulong            fullscreened_id;
  guint             hide_id;
  double            x, y;       /* where the pointer was */
  gboolean          fullscreen;
  gboolean          idle;
  gboolean          click_plays;
};

typedef enum
{
  PROP_PLAYER = 1,
  PROP_STAGE,
  PROP_BELOW,
  PROP_FULLSCREEN,
  PROP_IDLE,
  PROP_CLICK_PLAYS,
} YjPlayerFrameProps;

static GParamSpec *props[PROP_CLICK_PLAYS + 1];

G_DEFINE_FINAL_TYPE (YjPlayerFrame, yj_player_frame, GTK_TYPE_WIDGET)

/* ---- full screen: the controls come with the pointer and go with it */

static void
set_idle (YjPlayerFrame *self,
          gboolean       idle)
{
  gtk_revealer_set_reveal_child (self->revealer, !idle);
  if (self->view != NULL)
    adw_toolbar_view_set_reveal_top_bars (self->view, !idle);
  if (self->idle == idle)
    return;
  self->idle = idle;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), idle ? "none" : NULL);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_IDLE]);
}

static gboolean
is_used (GtkWidget *widget)
{
  return widget != NULL && (gtk_widget_get_state_flags (widget) & (GTK_STATE_FLAG_PRELIGHT | GTK_STATE_FLAG_FOCUS_WITHIN)) != 0;
}

static gboolean
hide_cb (gpointer user_data)
{
  YjPlayerFrame *self = user_data;

  if (is_used (GTK_WIDGET (self->upper)) || is_used (self->header))
    return G_SOURCE_CONTINUE;
  self->hide_id = 0;
  set_idle (self, TRUE);
  return G_SOURCE_REMOVE;
}

static void
stir (YjPlayerFrame *self)
{
  g_clear_handle_id (&self->hide_id, g_source_remove);
  set_idle (self, FALSE);
  if (self->fullscreen)
    self->hide_id = g_timeout_add (IDLE_MS, hide_cb, self);
}

/* What comes and goes below a pointer at rest is told as motion too. */
static void
motion_cb (YjPlayerFrame *self,
           double         x,
           double         y)
{
  if (self->fullscreen && (ABS (x - self->x) >= 1 || ABS (y - self->y) >= 1))
    stir (self);
  self->x = x;
  self->y = y;
}

/* Who goes from control to control by keyboard has to see them. */
static gboolean
key_cb (YjPlayerFrame *self,
        guint          key)
{
  if (self->fullscreen && (key == GDK_KEY_Tab || key == GDK_KEY_ISO_Left_Tab || key == GDK_KEY_KP_Tab))
    stir (self);
  return GDK_EVENT_PROPAGATE;
}

static void
fullscreened_cb (YjPlayerFrame *self)
{
  gboolean fullscreen = self->window != NULL && gtk_window_is_fullscreen (self->window);
  GActionGroup *actions = yj_player_controls_get_actions (self->controls);

  if (self->fullscreen == fullscreen)
    return;
  self->fullscreen = fullscreen;
  adw_bin_set_child (fullscreen ? self->lower : self->upper, NULL);
  adw_bin_set_child (fullscreen ? self->upper : self->lower, GTK_WIDGET (self->controls));
  gtk_widget_set_visible (GTK_WIDGET (self->revealer), fullscreen);
  if (self->below != NULL)
    gtk_widget_set_visible (self->below, !fullscreen);
  /* The bar over the picture, which so stays where it is when the bar goes. */
  if (self->view != NULL)
    {
      adw_toolbar_view_set_extend_content_to_top_edge (self->view, fullscreen);
      (fullscreen ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (self->header, "osd");
    }
  g_object_set (self->controls, "fullscreen", fullscreen, NULL);
  if (actions != NULL)
    yj_player_actions_fullscreen (actions, fullscreen);
  /* Not in the controls in full screen: they stay as long as the focus is in them. */
  if (fullscreen)
    gtk_widget_grab_focus (self->stage);
  else
    yj_player_controls_focus (self->controls);
  stir (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FULLSCREEN]);
}

/* ---- the stage */

static void
clicked_cb (YjPlayerFrame *self,
            int            n_press)
{
  /* The first click of two is taken back. */
  if (self->click_plays && n_press <= 2)
    gtk_widget_activate_action (GTK_WIDGET (self->controls), "player.toggle", NULL);
  if (n_press == 2)
    gtk_widget_activate_action (GTK_WIDGET (self->controls), "player.fullscreen", NULL);
}

static void
set_stage (YjPlayerFrame *self,
           GtkWidget     *stage)
{
  GtkGesture *click = gtk_gesture_click_new ();

  g_assert (self->stage == NULL);
  self->stage = stage;
  gtk_widget_set_focusable (stage, TRUE);
  gtk_widget_set_vexpand (stage, TRUE);
  gtk_widget_set_hexpand (stage, TRUE);
  g_signal_connect_object (click, "released", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (stage, GTK_EVENT_CONTROLLER (click));
  gtk_box_insert_child_after (self->column, stage, GTK_WIDGET (self->banner));
}

static void
set_below (YjPlayerFrame *self,
           GtkWidget     *below)
{
  g_assert (self->below == NULL && self->stage != NULL);
  self->below = below;
  gtk_box_insert_child_after (self->column, below, self->stage);
}

/* ---- the object */

static void
yj_player_frame_root (GtkWidget *widget)
{
  YjPlayerFrame *self = YJ_PLAYER_FRAME (widget);

  GTK_WIDGET_CLASS (yj_player_frame_parent_class)->root (widget);

  /* No GSignalGroup: one that goes while its target is in g_object_run_dispose (), as a window is when it is
     destroyed, leaves a weak notification behind (GLib 2.84). */
  self->window = GTK_WINDOW (gtk_widget_get_root (widget));
  self->fullscreened_id = g_signal_connect_swapped (self->window, "notify::fullscreened", G_CALLBACK (fullscreened_cb), self);
}

static void
yj_player_frame_unroot (GtkWidget *widget)
{
  YjPlayerFrame *self = YJ_PLAYER_FRAME (widget);

  g_clear_signal_handler (&self->fullscreened_id, self->window);
  self->window = NULL;
  g_clear_handle_id (&self->hide_id, g_source_remove);

  GTK_WIDGET_CLASS (yj_player_frame_parent_class)->unroot (widget);
}

static void
yj_player_frame_dispose (GObject *object)
{
  YjPlayerFrame *self = YJ_PLAYER_FRAME (object);

  g_clear_handle_id (&self->hide_id, g_source_remove);
  g_clear_pointer (&self->overlay, gtk_widget_unparent);
  g_clear_object (&self->controls);

  G_OBJECT_CLASS (yj_player_frame_parent_class)->dispose (object);
}

static void
yj_player_frame_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  YjPlayerFrame *self = YJ_PLAYER_FRAME (object);

  switch ((YjPlayerFrameProps) prop_id)
    {
    case PROP_PLAYER:      g_object_get_property (G_OBJECT (self->controls), "player", value); break;
    case PROP_STAGE:       g_value_set_object (value, self->stage); break;
    case PROP_BELOW:       g_value_set_object (value, self->below); break;
    case PROP_FULLSCREEN:  g_value_set_boolean (value, self->fullscreen); break;
    case PROP_IDLE:        g_value_set_boolean (value, self->idle); break;
    case PROP_CLICK_PLAYS: g_value_set_boolean (value, self->click_plays); break;
    }
}

static void
yj_player_frame_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  YjPlayerFrame *self = YJ_PLAYER_FRAME (object);

  switch ((YjPlayerFrameProps) prop_id)
    {
    case PROP_PLAYER:
      g_object_set_property (G_OBJECT (self->controls), "player", value);
      yj_plainer_banner_set_player (self->banner, g_value_get_object (value));
      break;
    case PROP_STAGE:
      set_stage (self, g_value_get_object (value));
      break;
    case PROP_BELOW:
      set_below (self, g_value_get_object (value));
      break;
    case PROP_CLICK_PLAYS:
      self->click_plays = g_value_get_boolean (value);
      break;
    case PROP_FULLSCREEN:
    case PROP_IDLE:
      g_assert_not_reached ();
    }
}

static void
yj_player_frame_class_init (YjPlayerFrameClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS, writable = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = yj_player_frame_dispose;
  object_class->get_property = yj_player_frame_get_property;
  object_class->set_property = yj_player_frame_set_property;
  widget_class->root = yj_player_frame_root;
  widget_class->unroot = yj_player_frame_unroot;

  props[PROP_PLAYER] = g_param_spec_object ("player", NULL, NULL, YJ_TYPE_TRANSPORT, writable);
  props[PROP_STAGE] = g_param_spec_object ("stage", NULL, NULL, GTK_TYPE_WIDGET, writable);
  props[PROP_BELOW] = g_param_spec_object ("below", NULL, NULL, GTK_TYPE_WIDGET, writable);
  props[PROP_FULLSCREEN] = g_param_spec_boolean ("fullscreen", NULL, NULL, FALSE, readable);
  props[PROP_IDLE] = g_param_spec_boolean ("idle", NULL, NULL, FALSE, readable);
  props[PROP_CLICK_PLAYS] = g_param_spec_boolean ("click-plays", NULL, NULL, TRUE, writable);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
yj_player_frame_init (YjPlayerFrame *self)
{
  self->click_plays = TRUE;
  self->controls = g_object_ref_sink (g_object_new (YJ_TYPE_PLAYER_CONTROLS, NULL));    /* kept while it moves */
  self->banner = yj_plainer_banner_new ();
  self->lower = ADW_BIN (adw_bin_new ());
  adw_bin_set_child (self->lower, GTK_WIDGET (self->controls));
  self->column = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  gtk_box_append (self->column, GTK_WIDGET (self->banner));
  gtk_box_append (self->column, GTK_WIDGET (self->lower));
  self->upper = ADW_BIN (adw_bin_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->upper), "osd");
  self->revealer = GTK_REVEALER (gtk_revealer_new ());
  gtk_revealer_set_transition_type (self->revealer, GTK_REVEALER_TRANSITION_TYPE_CROSSFADE);
  gtk_revealer_set_child (self->revealer, GTK_WIDGET (self->upper));
  gtk_widget_set_valign (GTK_WIDGET (self->revealer), GTK_ALIGN_END);
  gtk_widget_set_visible (GTK_WIDGET (self->revealer), FALSE);
  self->overlay = gtk_overlay_new ();
  gtk_overlay_set_child (GTK_OVERLAY (self->overlay), GTK_WIDGET (self->column));
  gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay), GTK_WIDGET (self->revealer));
  gtk_widget_set_parent (self->overlay, GTK_WIDGET (self));
}

/**
 * yj_player_frame_get_controls:
 * @self: a frame
 *
 * Returns: (transfer none): the controls of its player
 */
YjPlayerControls *
yj_player_frame_get_controls (YjPlayerFrame *self)
{
  g_return_val_if_fail (YJ_IS_PLAYER_FRAME (self), NULL);

  return self->controls;
}

/**
 * yj_player_frame_set_page:
 * @self: a frame with a player
 * @page: the page it is on, which gets the actions of the player
 * @view: what the page consists of
 * @header: the bar above, which in full screen comes and goes with the controls
 */
void
yj_player_frame_set_page (YjPlayerFrame  *self,
                          GtkWidget      *page,
                          AdwToolbarView *view,
                          GtkWidget      *header)
{
  GtkEventController *motion = gtk_event_controller_motion_new (), *key = gtk_event_controller_key_new ();

  g_return_if_fail (YJ_IS_PLAYER_FRAME (self));

  self->view = view;
  self->header = header;
  gtk_widget_insert_action_group (page, "player", yj_player_controls_get_actions (self->controls));
  g_signal_connect_object (motion, "motion", G_CALLBACK (motion_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (page, motion);
  gtk_event_controller_set_propagation_phase (key, GTK_PHASE_CAPTURE);
  g_signal_connect_object (key, "key-pressed", G_CALLBACK (key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (page, key);
}

/**
 * yj_player_frame_leave:
 * @self: a frame whose page goes
 *
 * Leaves full screen.
 */
void
yj_player_frame_leave (YjPlayerFrame *self)
{
  g_return_if_fail (YJ_IS_PLAYER_FRAME (self));

  if (self->window != NULL && gtk_window_is_fullscreen (self->window))
    gtk_window_unfullscreen (self->window);
}

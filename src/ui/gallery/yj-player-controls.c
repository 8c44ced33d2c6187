/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-player-controls"

#include "yj-player-controls.h"

#include <glib/gi18n.h>

#include "yj-seek-bar.h"

struct _YjPlayerControls
{
  AdwBin         parent_instance;

  YjTransport   *player;
  GSettings     *settings;
  GActionGroup  *actions;       /* "player" */
  gboolean       fullscreen;

  YjSeekBar     *seek_bar;
  GtkAdjustment *volume_adjustment;
  GtkButton     *time;
  GtkToggleButton *loop;
  GtkWidget     *marks;
  GtkMenuButton *speed;
  GtkButton     *play;
  GtkMenuButton *volume;
  GtkToggleButton *mute;
  GtkButton     *fullscreen_button;
};

typedef enum
{
  PROP_PLAYER = 1,
  PROP_FULLSCREEN,
} YjPlayerControlsProps;

static GParamSpec *props[PROP_FULLSCREEN + 1];

G_DEFINE_FINAL_TYPE (YjPlayerControls, yj_player_controls, ADW_TYPE_BIN)

/* ---- time code and frame number */

static void
update_time (YjPlayerControls *self)
{
  gboolean frames = g_settings_get_boolean (self->settings, "frame-numbers");
  gint64 frame = yj_transport_get_frame (self->player);
  gint64 position, duration;
  g_autofree char *text = NULL;

  g_object_get (self->player, "position", &position, "duration", &duration, NULL);
  if (frames && frame >= 0)
    {
      gint64 last = yj_transport_get_last_frame (self->player);

      /* translators: the number of the frame on show, and of the last one */
      text = g_strdup_printf (_("Frame %d / %d"), (int) MIN (frame, last), (int) last);
    }
  else
    {
      g_autofree char *now = yj_seek_bar_dup_time_code (position);
      g_autofree char *all = yj_seek_bar_dup_time_code (duration);

      text = g_strdup_printf ("%s / %s", now, all);
    }
  gtk_button_set_label (self->time, text);
}

/* Out of sight, as in full screen, nobody reads it: another text has the whole window laid out anew. */
static void
position_cb (YjPlayerControls *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    update_time (self);
}

static void
map_cb (YjPlayerControls *self)
{
  if (self->player != NULL)
    update_time (self);
}

static void
time_clicked_cb (YjPlayerControls *self)
{
  g_settings_set_boolean (self->settings, "frame-numbers", !g_settings_get_boolean (self->settings, "frame-numbers"));
  update_time (self);
}

/* ---- buttons follow the player */

static void
update_playing (YjPlayerControls *self)
{
  gboolean playing = yj_transport_get_playing (self->player);

  gtk_button_set_icon_name (self->play, playing ? "media-playback-pause-symbolic" : "media-playback-start-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->play), playing ? _("Pause") : _("Play"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->play), GTK_ACCESSIBLE_PROPERTY_LABEL, playing ? _("Pause") : _("Play"), -1);
  update_time (self);
}

static void
update_volume (YjPlayerControls *self)
{
  gboolean muted;
  double volume;

  g_object_get (self->player, "volume", &volume, "muted", &muted, NULL);
  gtk_menu_button_set_icon_name (self->volume, muted || volume <= 0 ? "audio-volume-muted-symbolic" :
                                 volume < 0.34 ? "audio-volume-low-symbolic" :
                                 volume < 0.67 ? "audio-volume-medium-symbolic" : "audio-volume-high-symbolic");
}

static void
update_rate (YjPlayerControls *self)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *label = NULL;
  double rate;

  g_object_get (self->player, "rate", &rate, NULL);
  g_ascii_formatd (text, sizeof text, "%g", rate);
  label = g_strconcat (text, "×", NULL);
  gtk_menu_button_set_label (self->speed, label);
}

static void
update_marks (YjPlayerControls *self)
{
  gint64 from, to;

  g_object_get (self->player, "range-from", &from, "range-to", &to, NULL);
  if (from >= 0 && to >= 0)
    gtk_widget_add_css_class (self->marks, "accent");
  else
    gtk_widget_remove_css_class (self->marks, "accent");
}

/* ---- the object */

static void
set_player (YjPlayerControls *self,
            YjTransport      *player)
{
  g_return_if_fail (self->player == NULL);

  if (player == NULL)
    return;
  self->player = g_object_ref (player);
  self->actions = yj_player_actions_new (player, GTK_WIDGET (self));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "player", self->actions);
  g_object_set (self->seek_bar, "player", player, NULL);
  g_settings_bind (self->settings, "volume", player, "volume", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "muted", player, "muted", G_SETTINGS_BIND_DEFAULT);
  g_object_bind_property (player, "loop", self->loop, "active", G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_object_bind_property (player, "volume", self->volume_adjustment, "value", G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_object_bind_property (player, "muted", self->mute, "active", G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_signal_connect_object (player, "notify::ready", G_CALLBACK (update_time), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::position", G_CALLBACK (position_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::duration", G_CALLBACK (update_time), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::playing", G_CALLBACK (update_playing), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::rate", G_CALLBACK (update_rate), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::volume", G_CALLBACK (update_volume), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::muted", G_CALLBACK (update_volume), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::range-from", G_CALLBACK (update_marks), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::range-to", G_CALLBACK (update_marks), self, G_CONNECT_SWAPPED);
  update_playing (self);
  update_rate (self);
  update_volume (self);
  update_marks (self);
}

static void
set_fullscreen (YjPlayerControls *self,
                gboolean          fullscreen)
{
  const char *name = fullscreen ? _("Leave Full Screen") : _("Full Screen");

  self->fullscreen = fullscreen;
  gtk_button_set_icon_name (self->fullscreen_button, fullscreen ? "view-restore-symbolic" : "view-fullscreen-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->fullscreen_button), name);
}

static void
yj_player_controls_dispose (GObject *object)
{
  YjPlayerControls *self = YJ_PLAYER_CONTROLS (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), YJ_TYPE_PLAYER_CONTROLS);
  if (self->player != NULL)
    {
      g_settings_unbind (self->player, "volume");
      g_settings_unbind (self->player, "muted");
    }
  g_clear_object (&self->player);
  g_clear_object (&self->settings);
  g_clear_object (&self->actions);

  G_OBJECT_CLASS (yj_player_controls_parent_class)->dispose (object);
}

static void
yj_player_controls_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  YjPlayerControls *self = YJ_PLAYER_CONTROLS (object);

  switch ((YjPlayerControlsProps) prop_id)
    {
    case PROP_PLAYER:
      g_value_set_object (value, self->player);
      break;
    case PROP_FULLSCREEN:
      g_value_set_boolean (value, self->fullscreen);
      break;
    }
}

static void
yj_player_controls_set_property (GObject      *object,
                                 guint         prop_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  YjPlayerControls *self = YJ_PLAYER_CONTROLS (object);

  switch ((YjPlayerControlsProps) prop_id)
    {
    case PROP_PLAYER:
      set_player (self, g_value_get_object (value));
      break;
    case PROP_FULLSCREEN:
      set_fullscreen (self, g_value_get_boolean (value));
      break;
    }
}

static void
yj_player_controls_class_init (YjPlayerControlsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_player_controls_dispose;
  object_class->get_property = yj_player_controls_get_property;
  object_class->set_property = yj_player_controls_set_property;

  props[PROP_PLAYER] = g_param_spec_object ("player", NULL, NULL, YJ_TYPE_TRANSPORT, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_FULLSCREEN] = g_param_spec_boolean ("fullscreen", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  g_type_ensure (YJ_TYPE_SEEK_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-player-controls.ui");
  gtk_widget_class_bind_template_child (widget_class, YjPlayerControls, seek_bar);
  gtk_widget_class_bind_template_child (widget_class, YjPlayerControls, volume_adjustment);
  gtk_widget_class_bind_template_child (widget_class, YjPlayerControls, time);
  gtk_widget_class_bind_template_child (widget_class, YjPlayerControls, loop);
  gtk_widget_class_bind_template_child (widget_class, YjPlayerControls, marks);
  gtk_widget_class_bind_template_child (widget_class, YjPlayerControls, speed);
  gtk_widget_class_bind_template_child (widget_class, YjPlayerControls, play);
  gtk_widget_class_bind_template_child (widget_class, YjPlayerControls, volume);
  gtk_widget_class_bind_template_child (widget_class, YjPlayerControls, mute);
  gtk_widget_class_bind_template_child (widget_class, YjPlayerControls, fullscreen_button);
  gtk_widget_class_bind_template_callback (widget_class, time_clicked_cb);
}

static GMenu *
make_speeds (void)
{
  GMenu *menu = g_menu_new ();

  for (guint i = 0; yj_player_rates[i] != NULL; i++)
    {
      g_autofree char *label = g_strconcat (yj_player_rates[i], "×", NULL);
      g_autofree char *action = g_strdup_printf ("player.rate::%s", yj_player_rates[i]);

      g_menu_append (menu, label, action);
    }
  return menu;
}

static void
yj_player_controls_init (YjPlayerControls *self)
{
  g_autoptr(GMenu) speeds = make_speeds ();

  self->settings = g_settings_new (YJ_APP_ID);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "map", G_CALLBACK (map_cb), NULL);
  gtk_menu_button_set_menu_model (self->speed, G_MENU_MODEL (speeds));
}

/**
 * yj_player_controls_focus:
 * @self: controls
 *
 * Puts the focus where Space plays.
 */
void
yj_player_controls_focus (YjPlayerControls *self)
{
  g_return_if_fail (YJ_IS_PLAYER_CONTROLS (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->play));
}

/**
 * yj_player_controls_get_actions:
 * @self: controls
 *
 * Returns: (transfer none) (nullable): what can be done with the player, for the page to have by the name "player"; %NULL
 *   as long as there is none
 */
GActionGroup *
yj_player_controls_get_actions (YjPlayerControls *self)
{
  g_return_val_if_fail (YJ_IS_PLAYER_CONTROLS (self), NULL);

  return self->actions;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-player-actions"

#include "yj-player-actions.h"

#define MS G_GINT64_CONSTANT (1000000)  /* in ns */

/* As they stand in the menu. */
const char * const yj_player_rates[] = { "0.1", "0.25", "0.5", "0.75", "1", "1.25", "1.5", "2", "3", "4", NULL };

typedef struct
{
  YjTransport *player;
  GtkWidget   *controls;        /* weak */
} Actions;

static void
actions_free (gpointer data)
{
  Actions *self = data;

  g_clear_object (&self->player);
  g_clear_weak_pointer (&self->controls);
  g_free (self);
}

/* Never quite to the end, where there is no frame any more; how far that is may be unknown yet. */
static void
seek (Actions *self,
      gint64   position)
{
  gint64 duration = yj_transport_get_duration (self->player);

  yj_transport_seek (self->player, CLAMP (position, 0, duration > 0 ? MAX (duration - MS, 0) : G_MAXINT64));
}

static void
toggle_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  Actions *self = user_data;

  if (yj_transport_get_playing (self->player))
    yj_transport_pause (self->player);
  else
    yj_transport_play (self->player);
}

static void
step_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  yj_transport_step (((Actions *) user_data)->player, g_variant_get_int32 (parameter));
}

static void
seek_by_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  Actions *self = user_data;

  seek (self, yj_transport_get_position (self->player) + g_variant_get_int32 (parameter) * MS);
}

static void
first_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  seek (user_data, 0);
}

static void
last_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  yj_transport_pause (((Actions *) user_data)->player);
  seek (user_data, G_MAXINT64);
}

static void
louder_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  Actions *self = user_data;
  double volume;

  g_object_get (self->player, "volume", &volume, NULL);
  g_object_set (self->player, "volume", CLAMP (volume + g_variant_get_int32 (parameter) / 100.0, 0, 1), NULL);
}

static void
switch_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  Actions *self = user_data;
  const char *property = g_str_equal (g_action_get_name (G_ACTION (action)), "loop") ? "loop" : "muted";
  gboolean present;

  g_object_get (self->player, property, &present, NULL);
  g_object_set (self->player, property, !present, NULL);
}

static void
speed_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  Actions *self = user_data;
  int steps = g_variant_get_int32 (parameter), last = (int) g_strv_length ((char **) yj_player_rates) - 1, place = 0;
  double rate;

  g_object_get (self->player, "rate", &rate, NULL);
  while (place < last && g_ascii_strtod (yj_player_rates[place], NULL) < rate - 0.001)
    place++;
  place = CLAMP (place + steps, 0, last);
  g_object_set (self->player, "rate", steps == 0 ? 1.0 : g_ascii_strtod (yj_player_rates[place], NULL), NULL);
}

static void
rate_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  g_object_set (((Actions *) user_data)->player, "rate", g_ascii_strtod (g_variant_get_string (parameter, NULL), NULL), NULL);
}

static void
rate_changed_cb (YjTransport   *player,
                 GParamSpec    *pspec,
                 GSimpleAction *action)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  double rate;

  g_object_get (player, "rate", &rate, NULL);
  g_simple_action_set_state (action, g_variant_new_string (g_ascii_formatd (text, sizeof text, "%g", rate)));
}

/* From the frame on show on, or with it at the end. Marks that contradict each other: the newer one wins. */
static void
mark_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  Actions *self = user_data;
  const char *which = g_variant_get_string (parameter, NULL);
  gint64 from, to, frame = yj_transport_get_frame (self->player), time = yj_transport_get_frame_time (self->player);

  if (g_str_equal (which, "none"))
    {
      yj_transport_set_range (self->player, -1, -1);
      return;
    }
  if (frame < 0 || time <= 0)
    return;
  g_object_get (self->player, "range-from", &from, "range-to", &to, NULL);
  if (g_str_equal (which, "a"))
    {
      from = frame * time;
      to = to > from ? to : -1;
    }
  else
    {
      to = (frame + 1) * time;
      from = from >= 0 && from < to ? from : 0;
    }
  yj_transport_set_range (self->player, from, to);
}

static void
fullscreen_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  Actions *self = user_data;
  GtkRoot *root = self->controls != NULL ? gtk_widget_get_root (self->controls) : NULL;

  if (!GTK_IS_WINDOW (root))
    return;
  if (gtk_window_is_fullscreen (GTK_WINDOW (root)))
    gtk_window_unfullscreen (GTK_WINDOW (root));
  else if (gtk_widget_get_visible (self->controls))     /* there is something to be seen */
    gtk_window_fullscreen (GTK_WINDOW (root));
}

/**
 * yj_player_actions_new:
 * @player: what they act on
 * @controls: its controls, shown where there is a video; they may go before the actions do
 *
 * Returns: (transfer full): the actions
 */
GActionGroup *
yj_player_actions_new (YjTransport *player,
                       GtkWidget   *controls)
{
  static const GActionEntry entries[] = {
    { .name = "toggle", .activate = toggle_cb },
    { .name = "step", .activate = step_cb, .parameter_type = "i" },
    { .name = "seek-by", .activate = seek_by_cb, .parameter_type = "i" },
    { .name = "first", .activate = first_cb },
    { .name = "last", .activate = last_cb },
    { .name = "louder", .activate = louder_cb, .parameter_type = "i" },
    { .name = "loop", .activate = switch_cb },
    { .name = "mute", .activate = switch_cb },
    { .name = "speed", .activate = speed_cb, .parameter_type = "i" },
    { .name = "rate", .activate = rate_cb, .parameter_type = "s", .state = "'1'" },
    { .name = "mark", .activate = mark_cb, .parameter_type = "s" },
    { .name = "fullscreen", .activate = fullscreen_cb },
    { .name = "leave-fullscreen", .activate = fullscreen_cb },
  };
  GSimpleActionGroup *group = g_simple_action_group_new ();
  Actions *self = g_new0 (Actions, 1);
  GAction *rate;

  g_return_val_if_fail (YJ_IS_TRANSPORT (player) && GTK_IS_WIDGET (controls), NULL);

  self->player = g_object_ref (player);
  g_set_weak_pointer (&self->controls, controls);
  g_object_set_data_full (G_OBJECT (group), "actions", self, actions_free);
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), self);
  rate = g_action_map_lookup_action (G_ACTION_MAP (group), "rate");
  g_signal_connect_object (player, "notify::rate", G_CALLBACK (rate_changed_cb), rate, 0);
  rate_changed_cb (player, NULL, G_SIMPLE_ACTION (rate));
  yj_player_actions_fullscreen (G_ACTION_GROUP (group), FALSE);
  return G_ACTION_GROUP (group);
}

/**
 * yj_player_actions_fullscreen:
 * @actions: the actions
 * @fullscreen: whether the player fills the screen, so that Escape leaves that first
 */
void
yj_player_actions_fullscreen (GActionGroup *actions,
                              gboolean      fullscreen)
{
  GAction *leave = g_action_map_lookup_action (G_ACTION_MAP (actions), "leave-fullscreen");

  g_simple_action_set_enabled (G_SIMPLE_ACTION (leave), fullscreen);
}

/**
 * yj_player_actions_add_keys:
 * @widget_class: of a page that has the actions
 *
 * Keys reach the player wherever on the page the focus is, unless the focused control needs them itself.
 */
void
yj_player_actions_add_keys (GtkWidgetClass *widget_class)
{
  static const struct { guint key; const char *action; int value; } numbers[] = {
    { GDK_KEY_Left, "player.seek-by", -1000 },
    { GDK_KEY_Right, "player.seek-by", 1000 },
    { GDK_KEY_Up, "player.louder", 5 },
    { GDK_KEY_Down, "player.louder", -5 },
    { GDK_KEY_comma, "player.step", -1 },
    { GDK_KEY_period, "player.step", 1 },
    { GDK_KEY_bracketleft, "player.speed", -1 },
    { GDK_KEY_bracketright, "player.speed", 1 },
    { GDK_KEY_equal, "player.speed", 0 },
  };
  static const struct { guint key; const char *action; } plain[] = {
    { GDK_KEY_space, "player.toggle" },
    { GDK_KEY_k, "player.toggle" },
    { GDK_KEY_Home, "player.first" },
    { GDK_KEY_End, "player.last" },
    { GDK_KEY_l, "player.loop" },
    { GDK_KEY_m, "player.mute" },
    { GDK_KEY_f, "player.fullscreen" },
    { GDK_KEY_F11, "player.fullscreen" },
    { GDK_KEY_Escape, "player.leave-fullscreen" },
  };
  static const struct { guint key; const char *which; } marks[] = { { GDK_KEY_i, "a" }, { GDK_KEY_o, "b" }, { GDK_KEY_x, "none" } };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    gtk_widget_class_add_binding_action (widget_class, numbers[i].key, 0, numbers[i].action, "i", numbers[i].value);
  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    gtk_widget_class_add_binding_action (widget_class, plain[i].key, 0, plain[i].action, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    gtk_widget_class_add_binding_action (widget_class, marks[i].key, 0, "player.mark", "s", marks[i].which);
}

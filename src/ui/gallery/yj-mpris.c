/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-mpris"

#include "yj-mpris.h"

#include <glib/gi18n.h>
#include <gtk/gtk.h>

#define NAME "org.mpris.MediaPlayer2." YJ_APP_ID
#define PATH "/org/mpris/MediaPlayer2"
#define PLAYER_INTERFACE "org.mpris.MediaPlayer2.Player"
#define JUMP (500 * 1000)       /* µs that the position may differ from what the clock lets expect */

static const char description[] =
  "<node>"
  "<interface name='org.mpris.MediaPlayer2'>"
  "<method name='Raise'/><method name='Quit'/>"
  "<property name='CanQuit' type='b' access='read'/><property name='CanRaise' type='b' access='read'/>"
  "<property name='HasTrackList' type='b' access='read'/><property name='Identity' type='s' access='read'/>"
  "<property name='DesktopEntry' type='s' access='read'/>"
  "<property name='SupportedUriSchemes' type='as' access='read'/><property name='SupportedMimeTypes' type='as' access='read'/>"
  "</interface>"
  "<interface name='" PLAYER_INTERFACE "'>"
  "<method name='Next'/><method name='Previous'/><method name='Pause'/><method name='PlayPause'/><method name='Stop'/>"
  "<method name='Play'/><method name='Seek'><arg type='x' direction='in'/></method>"
  "<method name='SetPosition'><arg type='o' direction='in'/><arg type='x' direction='in'/></method>"
  "<method name='OpenUri'><arg type='s' direction='in'/></method>"
  "<signal name='Seeked'><arg type='x'/></signal>"
  "<property name='PlaybackStatus' type='s' access='read'/><property name='LoopStatus' type='s' access='readwrite'/>"
  "<property name='Rate' type='d' access='readwrite'/><property name='Metadata' type='a{sv}' access='read'/>"
  "<property name='Volume' type='d' access='readwrite'/><property name='Position' type='x' access='read'/>"
  "<property name='MinimumRate' type='d' access='read'/><property name='MaximumRate' type='d' access='read'/>"
  "<property name='CanGoNext' type='b' access='read'/><property name='CanGoPrevious' type='b' access='read'/>"
  "<property name='CanPlay' type='b' access='read'/><property name='CanPause' type='b' access='read'/>"
  "<property name='CanSeek' type='b' access='read'/><property name='CanControl' type='b' access='read'/>"
  "</interface>"
  "</node>";

struct _YjMpris
{
  GObject          parent_instance;

  YjTransport     *player;
  char            *title;
  GFile           *cover;
  GtkWindow       *window;      /* not owned: whoever has the object outlives it in the window */
  GDBusConnection *bus;
  GDBusNodeInfo   *node;
  guint            name_id;
  guint            objects[2];
  guint            inhibited;   /* cookie of the desktop's, 0 for none */
  gint64           position;    /* µs, when it was last looked at */
  gint64           looked_at;   /* µs */
};

G_DEFINE_FINAL_TYPE (YjMpris, yj_mpris, G_TYPE_OBJECT)

static gint64
get_position (YjMpris *self)
{
  return yj_transport_get_position (self->player) / 1000;
}

/* ---- what it says */

static GVariant *
get_metadata (YjMpris *self)
{
  GFile *file = yj_transport_get_file (self->player);
  gint64 length = yj_transport_get_duration (self->player) / 1000;
  g_autofree char *track = g_strdup_printf ("/ai/opencomputing/Yuanjing/video/%u", file != NULL ? g_file_hash (file) : 0);
  g_auto(GVariantDict) facts;

  g_variant_dict_init (&facts, NULL);
  g_variant_dict_insert_value (&facts, "mpris:trackid", g_variant_new_object_path (track));
  g_variant_dict_insert (&facts, "xesam:title", "s", self->title);
  if (length > 0)
    g_variant_dict_insert (&facts, "mpris:length", "x", length);
  if (file != NULL)
    {
      g_autofree char *uri = g_file_get_uri (file);
      g_variant_dict_insert (&facts, "xesam:url", "s", uri);
    }
  if (self->cover != NULL)
    {
      g_autofree char *uri = g_file_get_uri (self->cover);
      g_variant_dict_insert (&facts, "mpris:artUrl", "s", uri);
    }
  return g_variant_dict_end (&facts);
}

static GVariant *
get_player_property (YjMpris    *self,
                     const char *name)
{
  gboolean loop, muted;
  double rate, volume;

  g_object_get (self->player, "loop", &loop, "muted", &muted, "rate", &rate, "volume", &volume, NULL);
  if (g_str_equal (name, "PlaybackStatus"))
    return g_variant_new_string (yj_transport_get_playing (self->player) ? "Playing" : "Paused");
  if (g_str_equal (name, "LoopStatus"))
    return g_variant_new_string (loop ? "Track" : "None");
  if (g_str_equal (name, "Rate"))
    return g_variant_new_double (rate);
  if (g_str_equal (name, "Volume"))
    return g_variant_new_double (muted ? 0 : volume);
  if (g_str_equal (name, "Position"))
    return g_variant_new_int64 (get_position (self));
  if (g_str_equal (name, "MinimumRate"))
    return g_variant_new_double (0.1);
  if (g_str_equal (name, "MaximumRate"))
    return g_variant_new_double (4);
  if (g_str_equal (name, "Metadata"))
    return get_metadata (self);
  return g_variant_new_boolean (!g_str_equal (name, "CanGoNext") && !g_str_equal (name, "CanGoPrevious"));
}

static GVariant *
get_property_cb (GDBusConnection  *bus,
                 const char       *sender,
                 const char       *path,
                 const char       *interface,
                 const char       *name,
                 GError          **error,
                 gpointer          user_data)
{
  if (g_str_equal (interface, PLAYER_INTERFACE))
    return get_player_property (user_data, name);
  if (g_str_equal (name, "Identity"))
    return g_variant_new_string (_("Yuanjing"));
  if (g_str_equal (name, "DesktopEntry"))
    return g_variant_new_string (YJ_APP_ID);
  if (g_str_has_prefix (name, "Supported"))
    return g_variant_new_strv (NULL, 0);
  return g_variant_new_boolean (g_str_equal (name, "CanRaise"));
}

static gboolean
set_property_cb (GDBusConnection  *bus,
                 const char       *sender,
                 const char       *path,
                 const char       *interface,
                 const char       *name,
                 GVariant         *value,
                 GError          **error,
                 gpointer          user_data)
{
  YjMpris *self = user_data;

  if (g_str_equal (name, "LoopStatus"))
    g_object_set (self->player, "loop", !g_str_equal (g_variant_get_string (value, NULL), "None"), NULL);
  else if (g_str_equal (name, "Volume"))
    g_object_set (self->player, "volume", CLAMP (g_variant_get_double (value), 0, 1), "muted", FALSE, NULL);
  else if (g_str_equal (name, "Rate") && g_variant_get_double (value) > 0)
    g_object_set (self->player, "rate", CLAMP (g_variant_get_double (value), 0.1, 4), NULL);
  return TRUE;
}

/* ---- what it is told */

static void
call_cb (GDBusConnection       *bus,
         const char            *sender,
         const char            *path,
         const char            *interface,
         const char            *method,
         GVariant              *parameters,
         GDBusMethodInvocation *invocation,
         gpointer               user_data)
{
  YjMpris *self = user_data;
  gint64 time;

  if (g_str_equal (method, "Raise"))
    gtk_window_present (self->window);
  else if (g_str_equal (method, "Play") || (g_str_equal (method, "PlayPause") && !yj_transport_get_playing (self->player)))
    yj_transport_play (self->player);
  else if (g_str_equal (method, "Pause") || g_str_equal (method, "PlayPause"))
    yj_transport_pause (self->player);
  else if (g_str_equal (method, "Stop"))
    {
      yj_transport_pause (self->player);
      yj_transport_seek (self->player, 0);
    }
  else if (g_str_equal (method, "Seek"))
    {
      g_variant_get (parameters, "(x)", &time);
      time = CLAMP (time, -G_MAXINT32, G_MAXINT32) + get_position (self);
      yj_transport_seek (self->player, MAX (time, 0) * 1000);
    }
  else if (g_str_equal (method, "SetPosition"))
    {
      g_variant_get (parameters, "(&ox)", NULL, &time);
      /* The specification wants a place that does not exist ignored */
      if (time >= 0 && time <= yj_transport_get_duration (self->player) / 1000)
        yj_transport_seek (self->player, time * 1000);
    }
  g_dbus_method_invocation_return_value (invocation, NULL);
}

/* ---- it follows the player */

static void
tell (YjMpris    *self,
      const char *name)
{
  GVariantBuilder changed;

  if (self->bus == NULL)
    return;
  g_variant_builder_init (&changed, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&changed, "{sv}", name, get_player_property (self, name));
  g_dbus_connection_emit_signal (self->bus, NULL, PATH, "org.freedesktop.DBus.Properties", "PropertiesChanged",
                                 g_variant_new ("(sa{sv}as)", PLAYER_INTERFACE, &changed, NULL), NULL);
}

/* The screen does not go dark over a video that plays. */
static void
update_inhibit (YjMpris *self)
{
  gboolean playing = yj_transport_get_playing (self->player);
  GtkApplication *application = GTK_APPLICATION (g_application_get_default ());

  if (playing && self->inhibited == 0)
    self->inhibited = gtk_application_inhibit (application, self->window, GTK_APPLICATION_INHIBIT_IDLE, _("A video is playing"));
  else if (!playing && self->inhibited != 0)
    {
      gtk_application_uninhibit (application, self->inhibited);
      self->inhibited = 0;
    }
}

static void
notify_cb (YjMpris    *self,
           GParamSpec *pspec)
{
  static const struct { const char *property, *name; } told[] = {
    { "playing", "PlaybackStatus" }, { "loop", "LoopStatus" }, { "rate", "Rate" }, { "volume", "Volume" },
    { "muted", "Volume" }, { "duration", "Metadata" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    if (g_str_equal (pspec->name, told[i].property))
      tell (self, told[i].name);
  if (g_str_equal (pspec->name, "playing"))
    update_inhibit (self);
}

/* Whoever shows the position counts on by himself: only what he cannot know is told. */
static void
position_cb (YjMpris *self)
{
  gint64 now = g_get_monotonic_time (), position, expected;
  double rate;

  g_object_get (self->player, "position", &position, "rate", &rate, NULL);
  position /= 1000;
  expected = self->position + (yj_transport_get_playing (self->player) ? (gint64) ((double) (now - self->looked_at) * rate) : 0);
  if (self->bus != NULL && ABS (position - expected) > JUMP)
    g_dbus_connection_emit_signal (self->bus, NULL, PATH, PLAYER_INTERFACE, "Seeked", g_variant_new ("(x)", position), NULL);
  self->position = position;
  self->looked_at = now;
}

static void
bus_cb (GDBusConnection *bus,
        const char      *name,
        gpointer         user_data)
{
  static const GDBusInterfaceVTable vtable = { call_cb, get_property_cb, set_property_cb, { NULL } };
  YjMpris *self = user_data;

  self->bus = g_object_ref (bus);
  for (int i = 0; i < 2; i++)
    self->objects[i] = g_dbus_connection_register_object (bus, PATH, self->node->interfaces[i], &vtable, self, NULL, NULL);
}

static void
withdraw (YjMpris *self)
{
  for (int i = 0; i < 2; i++)
    if (self->objects[i] != 0)
      g_dbus_connection_unregister_object (self->bus, self->objects[i]);
  self->objects[0] = self->objects[1] = 0;
  g_clear_handle_id (&self->name_id, g_bus_unown_name);
  g_clear_object (&self->bus);
}

static void
yj_mpris_dispose (GObject *object)
{
  YjMpris *self = YJ_MPRIS (object);

  withdraw (self);
  if (self->inhibited != 0)
    gtk_application_uninhibit (GTK_APPLICATION (g_application_get_default ()), self->inhibited);
  self->inhibited = 0;
  if (self->player != NULL)
    g_signal_handlers_disconnect_by_data (self->player, self);
  g_clear_object (&self->player);
  g_clear_pointer (&self->title, g_free);
  g_clear_object (&self->cover);
  g_clear_pointer (&self->node, g_dbus_node_info_unref);

  G_OBJECT_CLASS (yj_mpris_parent_class)->dispose (object);
}

static void
yj_mpris_class_init (YjMprisClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = yj_mpris_dispose;
}

static void
yj_mpris_init (YjMpris *self)
{
  self->node = g_dbus_node_info_new_for_xml (description, NULL);
}

/**
 * yj_mpris_new:
 * @player: what plays
 * @title: what it is called
 * @cover: (nullable): a picture of it
 * @window: where that is seen, which outlives the object
 *
 * The newest of several answers: a page that goes may still be on its way out when the next one comes.
 *
 * Returns: (transfer full): what shows it to the desktop until it is let go
 */
YjMpris *
yj_mpris_new (YjTransport *player,
              const char  *title,
              GFile       *cover,
              GtkWindow   *window)
{
  static YjMpris *newest;       /* weak */
  YjMpris *self = g_object_new (YJ_TYPE_MPRIS, NULL);

  if (newest != NULL)
    withdraw (newest);
  g_set_weak_pointer (&newest, self);
  self->player = g_object_ref (player);
  self->title = g_strdup (title);
  g_set_object (&self->cover, cover);
  self->window = window;
  g_signal_connect_object (player, "notify", G_CALLBACK (notify_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::position", G_CALLBACK (position_cb), self, G_CONNECT_SWAPPED);
  self->looked_at = g_get_monotonic_time ();
  self->name_id = g_bus_own_name (G_BUS_TYPE_SESSION, NAME, G_BUS_NAME_OWNER_FLAGS_NONE, bus_cb, NULL, NULL, self, NULL);
  update_inhibit (self);
  return self;
}

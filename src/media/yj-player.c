/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-player"

#include "yj-player-private.h"

#include "yj-probe.h"
#include "yj-transport.h"

/**
 * YjPlayer:
 *
 * Plays one file, in a playbin of its own: GstPlay knows no segment seeks, so it cannot loop without a gap. Not in a
 * playbin3: on a busy machine one opening in sixty never came to an end (GStreamer 1.26).
 *
 * All of it belongs to the main thread. What may take long, seeking and taking the pipeline down, is done by
 * other threads; their results come back as messages on the bus.
 */
static void transport_init (YjTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (YjPlayer, yj_player, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (YJ_TYPE_TRANSPORT, transport_init))

GParamSpec *yj_player_props[PROP_PLAINNESS + 1];
guint yj_player_failed;

static void
yj_player_dispose (GObject *object)
{
  YjPlayer *self = YJ_PLAYER (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  if (self->playbin != NULL)
    {
      g_autoptr(GstBus) bus = gst_element_get_bus (self->playbin);

      gst_bus_remove_watch (bus);
      yj_player_halt (self);
      gst_clear_object (&self->playbin);
    }
  if (self->paintable != NULL)
    g_signal_handlers_disconnect_by_data (self->paintable, self);
  g_clear_object (&self->paintable);
  gst_clear_object (&self->sink);
  gst_clear_object (&self->video_sink);
  g_clear_object (&self->file);
  g_clear_pointer (&self->missing, g_free);

  G_OBJECT_CLASS (yj_player_parent_class)->dispose (object);
}

static void
yj_player_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  YjPlayer *self = YJ_PLAYER (object);

  switch ((YjPlayerProps) prop_id)
    {
    case PROP_PAINTABLE:
      g_value_set_object (value, self->paintable);
      break;
    case PROP_PLAYING:
      g_value_set_boolean (value, self->playing);
      break;
    case PROP_READY:
      g_value_set_boolean (value, self->ready);
      break;
    case PROP_POSITION:
      g_value_set_int64 (value, self->position);
      break;
    case PROP_DURATION:
      g_value_set_int64 (value, self->duration);
      break;
    case PROP_WIDTH:
      g_value_set_int (value, self->width);
      break;
    case PROP_HEIGHT:
      g_value_set_int (value, self->height);
      break;
    case PROP_LOOP:
      g_value_set_boolean (value, self->loop);
      break;
    case PROP_RATE:
      g_value_set_double (value, self->rate);
      break;
    case PROP_VOLUME:
      g_value_set_double (value, self->volume);
      break;
    case PROP_MUTED:
      g_value_set_boolean (value, self->muted);
      break;
    case PROP_RANGE_FROM:
      g_value_set_int64 (value, self->range_from);
      break;
    case PROP_RANGE_TO:
      g_value_set_int64 (value, self->range_to);
      break;
    case PROP_FROZEN:
      g_value_set_boolean (value, self->frozen);
      break;
    case PROP_PLAINNESS:
      g_value_set_int (value, self->plainness);
      break;
    }
}

/* Another sink, and the file anew where it stands. */
static void
set_plainness (YjPlayer *self,
               int       plainness)
{
  gboolean playing = self->playing;
  gint64 position = self->position;

  self->plainness = plainness;
  if (self->file == NULL)
    return;
  yj_player_forget_file (self);
  yj_player_halt (self);
  yj_player_seek (self, position);
  if (playing)
    yj_player_play (self);
}

static void
yj_player_set_property (GObject      *object,
                        guint         prop_id,
                        const GValue *value,
                        GParamSpec   *pspec)
{
  YjPlayer *self = YJ_PLAYER (object);

  switch ((YjPlayerProps) prop_id)
    {
    case PROP_LOOP:
      if (self->loop == g_value_get_boolean (value))
        return;
      self->loop = g_value_get_boolean (value);
      yj_player_seek_in_place (self);
      break;
    case PROP_RATE:
      if (self->rate == g_value_get_double (value))
        return;
      self->rate = g_value_get_double (value);
      yj_player_seek_in_place (self);
      break;
    case PROP_VOLUME:
      if (self->volume == g_value_get_double (value))
        return;
      self->volume = g_value_get_double (value);
      g_object_set (self->playbin, "volume", self->volume, NULL);
      break;
    case PROP_MUTED:
      if (self->muted == g_value_get_boolean (value))
        return;
      self->muted = g_value_get_boolean (value);
      g_object_set (self->playbin, "mute", self->muted, NULL);
      break;
    case PROP_PLAINNESS:
      if (self->plainness == g_value_get_int (value))
        return;
      set_plainness (self, g_value_get_int (value));
      break;
    case PROP_PAINTABLE:
    case PROP_PLAYING:
    case PROP_READY:
    case PROP_POSITION:
    case PROP_DURATION:
    case PROP_WIDTH:
    case PROP_HEIGHT:
    case PROP_RANGE_FROM:
    case PROP_RANGE_TO:
    case PROP_FROZEN:
      g_assert_not_reached ();
    }
  g_object_notify_by_pspec (object, pspec);
}

static void
yj_player_class_init (YjPlayerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GParamFlags writable = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = yj_player_dispose;
  object_class->get_property = yj_player_get_property;
  object_class->set_property = yj_player_set_property;

  /* The same for all files of one plainness; shows nothing new before "ready" */
  yj_player_props[PROP_PAINTABLE] = g_param_spec_object ("paintable", NULL, NULL, GDK_TYPE_PAINTABLE, readable);
  yj_player_props[PROP_PLAYING] = g_param_spec_boolean ("playing", NULL, NULL, FALSE, readable);
  /* A frame of the file is on the paintable; for a sound, that it can be played */
  yj_player_props[PROP_READY] = g_param_spec_boolean ("ready", NULL, NULL, FALSE, readable);
  yj_player_props[PROP_POSITION] = g_param_spec_int64 ("position", NULL, NULL, 0, G_MAXINT64, 0, readable);     /* ns */
  yj_player_props[PROP_DURATION] = g_param_spec_int64 ("duration", NULL, NULL, 0, G_MAXINT64, 0, readable);     /* ns */
  yj_player_props[PROP_WIDTH] = g_param_spec_int ("width", NULL, NULL, 0, G_MAXINT, 0, readable);       /* px, upright */
  yj_player_props[PROP_HEIGHT] = g_param_spec_int ("height", NULL, NULL, 0, G_MAXINT, 0, readable);
  yj_player_props[PROP_LOOP] = g_param_spec_boolean ("loop", NULL, NULL, TRUE, writable);
  yj_player_props[PROP_RATE] = g_param_spec_double ("rate", NULL, NULL, 0.1, 8, 1, writable);
  yj_player_props[PROP_VOLUME] = g_param_spec_double ("volume", NULL, NULL, 0, 1, 1, writable);
  yj_player_props[PROP_MUTED] = g_param_spec_boolean ("muted", NULL, NULL, FALSE, writable);
  yj_player_props[PROP_RANGE_FROM] = g_param_spec_int64 ("range-from", NULL, NULL, -1, G_MAXINT64, -1, readable);       /* ns */
  yj_player_props[PROP_RANGE_TO] = g_param_spec_int64 ("range-to", NULL, NULL, -1, G_MAXINT64, -1, readable);
  yj_player_props[PROP_FROZEN] = g_param_spec_boolean ("frozen", NULL, NULL, FALSE, readable);
  /* Changed, it opens the file anew with another paintable, and goes on where it stood */
  yj_player_props[PROP_PLAINNESS] = g_param_spec_int ("plainness", NULL, NULL, YJ_PLAYER_FAST, YJ_PLAYER_SOFTWARE, YJ_PLAYER_FAST, writable);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (yj_player_props), yj_player_props);

  /**
   * YjPlayer::failed:
   * @self: the player
   * @error: %YJ_MEDIA_ERROR: %YJ_MEDIA_ERROR_CODEC names the decoder that is missing
   *
   * The file cannot be played, or no further.
   */
  yj_player_failed = g_signal_new ("failed", YJ_TYPE_PLAYER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
yj_player_init (YjPlayer *self)
{
  self->loop = TRUE;
  self->rate = 1;
  self->volume = 1;
  self->wanted = -1;
  self->left = -1;
  self->askew = TRUE;
  self->range_from = -1;
  self->range_to = -1;
  yj_player_make_pipeline (self);
}

/**
 * yj_player_new:
 *
 * Returns: (transfer full): a player without a file, set to loop. For the main thread, with a display.
 */
YjPlayer *
yj_player_new (void)
{
  return g_object_new (YJ_TYPE_PLAYER, NULL);
}

/**
 * yj_player_set_file:
 * @self: a player
 * @file: (nullable): a file on this machine that a probe has found fit, or %NULL to stop and let go
 *
 * Opens @file, paused on its first frame: then "ready" is true. Setting the same file again opens it anew.
 */
void
yj_player_set_file (YjPlayer *self,
                    GFile    *file)
{
  g_return_if_fail (YJ_IS_PLAYER (self));
  g_return_if_fail (file == NULL || G_IS_FILE (file));

  if (file == NULL && self->file == NULL)
    return;
  g_set_object (&self->file, file);
  yj_player_forget_file (self);
  yj_player_halt (self);
}

/**
 * yj_player_get_file:
 * @self: a player
 *
 * Returns: (transfer none) (nullable): the file it has
 */
GFile *
yj_player_get_file (YjPlayer *self)
{
  g_return_val_if_fail (YJ_IS_PLAYER (self), NULL);

  return self->file;
}

/**
 * yj_player_get_paintable:
 * @self: a player
 *
 * Returns: (transfer none) (nullable): what shows it, %NULL where GStreamer has no sink for GTK
 */
GdkPaintable *
yj_player_get_paintable (YjPlayer *self)
{
  g_return_val_if_fail (YJ_IS_PLAYER (self), NULL);

  return self->paintable;
}

/**
 * yj_player_play:
 * @self: a player
 *
 * Plays, from the beginning when it stands at the end; as soon as the file is open, when it is not yet.
 */
void
yj_player_play (YjPlayer *self)
{
  g_return_if_fail (YJ_IS_PLAYER (self));

  if (self->file == NULL || self->failed)
    return;
  yj_player_set_playing (self, TRUE);
  if (self->phase != PHASE_OPEN)
    return;
  self->steps = 0;
  if (self->at_end)
    yj_player_seek_to (self, 0);
  else if (self->askew || self->segmented != yj_player_wants_segment (self))
    yj_player_seek_to (self, self->wanted >= 0 ? self->wanted : self->position);
  /* While it seeks, the end it comes from would be reached at once: async_done () lets it play */
  if (!self->seeking)
    gst_element_set_state (self->playbin, GST_STATE_PLAYING);
}

/**
 * yj_player_pause:
 * @self: a player
 *
 * Pauses on the frame that is shown.
 */
void
yj_player_pause (YjPlayer *self)
{
  g_return_if_fail (YJ_IS_PLAYER (self));

  yj_player_set_playing (self, FALSE);
  if (self->phase != PHASE_OPEN)
    return;
  gst_element_set_state (self->playbin, GST_STATE_PAUSED);
  yj_player_update_position (self);
}

/**
 * yj_player_get_playing:
 * @self: a player
 *
 * Returns: whether it plays or will as soon as it can
 */
gboolean
yj_player_get_playing (YjPlayer *self)
{
  g_return_val_if_fail (YJ_IS_PLAYER (self), FALSE);

  return self->playing;
}

/**
 * yj_player_seek:
 * @self: a player
 * @position: ns
 *
 * Goes to the frame shown at @position, exactly. One seek is on its way at a time; of those asked for
 * meanwhile, the newest follows it.
 */
void
yj_player_seek (YjPlayer *self,
                gint64    position)
{
  g_return_if_fail (YJ_IS_PLAYER (self));

  if (self->file == NULL || self->failed)
    return;
  self->steps = 0;
  yj_player_seek_to (self, position);
}

/**
 * yj_player_step:
 * @self: a player
 * @frames: how many forward, or back when negative
 *
 * Pauses, and goes that many frames on.
 */
void
yj_player_step (YjPlayer *self,
                int       frames)
{
  g_return_if_fail (YJ_IS_PLAYER (self));

  if (self->file == NULL || self->failed || (self->phase == PHASE_OPEN && !self->has_video))
    return;
  if (self->playing)
    yj_player_pause (self);
  if (self->at_end && frames < 0)
    self->at_end = FALSE;
  self->steps += frames;        /* taken once the file is open, if it is not yet */
  yj_player_go_on (self);
}

/**
 * yj_player_get_position:
 * @self: a player
 *
 * Returns: where it stands, or is going to, ns
 */
gint64
yj_player_get_position (YjPlayer *self)
{
  g_return_val_if_fail (YJ_IS_PLAYER (self), 0);

  yj_player_update_position (self);
  return self->position;
}

/**
 * yj_player_get_duration:
 * @self: a player
 *
 * Returns: ns, 0 until it is known
 */
gint64
yj_player_get_duration (YjPlayer *self)
{
  g_return_val_if_fail (YJ_IS_PLAYER (self), 0);

  return self->duration;
}

/**
 * yj_player_set_range:
 * @self: a player
 * @from: ns, or -1
 * @to: ns, beyond @from, or -1
 *
 * Plays what lies between the two over and over, whether it loops otherwise or not. One alone is only kept; with none all
 * of the file is played again. Forgotten with the file.
 */
void
yj_player_set_range (YjPlayer *self,
                     gint64    from,
                     gint64    to)
{
  g_return_if_fail (YJ_IS_PLAYER (self));
  g_return_if_fail (to < 0 || to > from);

  if (self->range_from == from && self->range_to == to)
    return;
  g_object_freeze_notify (G_OBJECT (self));
  yj_player_set_time (self, &self->range_from, from, PROP_RANGE_FROM);
  yj_player_set_time (self, &self->range_to, to, PROP_RANGE_TO);
  yj_player_seek_in_place (self);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * yj_player_get_frame_time:
 * @self: a player
 *
 * Returns: how long one frame is shown, ns, 0 until it is known and for a sound
 */
gint64
yj_player_get_frame_time (YjPlayer *self)
{
  g_return_val_if_fail (YJ_IS_PLAYER (self), 0);

  return self->phase == PHASE_OPEN && self->has_video ? self->frame : 0;
}

/**
 * yj_player_get_frame:
 * @self: a player
 *
 * Returns: the number of the frame that is shown, from 0; -1 for a sound and until the file is open
 */
gint64
yj_player_get_frame (YjPlayer *self)
{
  g_return_val_if_fail (YJ_IS_PLAYER (self), -1);

  if (self->phase != PHASE_OPEN || !self->has_video)
    return -1;
  if (self->playing || self->seeking)
    return self->position / self->frame;
  return yj_player_get_shown_number (self);
}

/**
 * yj_player_get_last_frame:
 * @self: a player
 *
 * Returns: the number of the last frame; -1 for a sound and until the file is open
 */
gint64
yj_player_get_last_frame (YjPlayer *self)
{
  gint64 end;

  g_return_val_if_fail (YJ_IS_PLAYER (self), -1);

  if (self->phase != PHASE_OPEN || !self->has_video)
    return -1;
  end = self->picture_end > 0 ? self->picture_end : self->duration;
  return MAX ((end + self->frame / 2) / self->frame - 1, 0);
}

static void
transport_init (YjTransportInterface *iface)
{
  iface->play = (void (*) (YjTransport *)) yj_player_play;
  iface->pause = (void (*) (YjTransport *)) yj_player_pause;
  iface->seek = (void (*) (YjTransport *, gint64)) yj_player_seek;
  iface->step = (void (*) (YjTransport *, int)) yj_player_step;
  iface->set_range = (void (*) (YjTransport *, gint64, gint64)) yj_player_set_range;
  iface->get_position = (gint64 (*) (YjTransport *)) yj_player_get_position;
  iface->get_frame = (gint64 (*) (YjTransport *)) yj_player_get_frame;
  iface->get_last_frame = (gint64 (*) (YjTransport *)) yj_player_get_last_frame;
  iface->get_frame_time = (gint64 (*) (YjTransport *)) yj_player_get_frame_time;
  iface->get_file = (GFile *(*) (YjTransport *)) yj_player_get_file;
}

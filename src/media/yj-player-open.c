/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a YjPlayer opens a file and lets go of it. */

#define G_LOG_DOMAIN "yj-player"

#include "yj-player-private.h"

#include "yj-picture-end.h"
#include "yj-probe.h"
#include "yj-video-sink.h"

/* s: decodebin loses a demultiplexer's early error now and then, and then says nothing at all */
#ifdef __SANITIZE_ADDRESS__
#define OPENING_PATIENCE 40
#else
#define OPENING_PATIENCE 20
#endif

static void open_file (YjPlayer *self);

static void
halted (YjPlayer *self)
{
  self->phase = PHASE_EMPTY;
  if (self->file != NULL && !self->failed)
    open_file (self);
}

void
yj_player_halt (YjPlayer *self)
{
  GPtrArray *video_sinks;

  if (self->phase == PHASE_HALTING)
    return;
  self->phase = PHASE_HALTING;
  g_clear_handle_id (&self->patience, g_source_remove);
  video_sinks = g_ptr_array_new_with_free_func (gst_object_unref);
  g_ptr_array_add (video_sinks, gst_object_ref (self->video_sink));
  yj_video_sink_halt (self->playbin, video_sinks, G_OBJECT (self), G_CALLBACK (halted));
}

void
yj_player_fail (YjPlayer     *self,
                YjMediaError  code,
                const char   *message)
{
  g_autoptr(GError) error = g_error_new_literal (YJ_MEDIA_ERROR, code, message);

  g_debug ("Failed: %s", message);
  yj_player_set_playing (self, FALSE);
  self->failed = TRUE;
  yj_player_halt (self);
  yj_player_update_ready (self);
  g_signal_emit (self, yj_player_failed, 0, error);
}

static gboolean
patience_cb (gpointer user_data)
{
  YjPlayer *self = user_data;

  self->patience = 0;
  yj_player_fail (self, YJ_MEDIA_ERROR_DAMAGED, "The file could not be opened in time");
  return G_SOURCE_REMOVE;
}

static void
picture_end_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  YjPlayer *self = YJ_PLAYER (object);

  if (self->file == user_data)
    self->picture_end = g_task_propagate_int (G_TASK (result), NULL);
  g_object_unref (user_data);
}

static void
picture_end_thread (GTask        *task,
                    gpointer      source,
                    gpointer      task_data,
                    GCancellable *cancellable)
{
  g_task_return_int (task, yj_picture_end_read (g_file_peek_path (task_data)));
}

static void
find_picture_end (YjPlayer *self)
{
  g_autoptr(GTask) task = g_task_new (self, NULL, picture_end_cb, g_object_ref (self->file));

  g_task_set_task_data (task, g_object_ref (self->file), g_object_unref);
  g_task_run_in_thread (task, picture_end_thread);
}

static void
open_file (YjPlayer *self)
{
  g_autofree char *uri = g_file_get_uri (self->file);

  if (self->sink == NULL)
    {
      yj_player_fail (self, YJ_MEDIA_ERROR_CODEC, "gtk4paintablesink");
      return;
    }
  if (!g_file_has_uri_scheme (self->file, "file"))
    {
      yj_player_fail (self, YJ_MEDIA_ERROR_NOT_A_FILE, "The file is not on this machine");
      return;
    }
  yj_player_fit_sink (self);
  self->phase = PHASE_OPENING;
  self->shown = FALSE;
  find_picture_end (self);
  g_object_set (self->playbin, "uri", uri, NULL);
  gst_element_set_state (self->playbin, GST_STATE_PAUSED);
  self->patience = g_timeout_add_seconds (OPENING_PATIENCE, patience_cb, self);
}

void
yj_player_forget_file (YjPlayer *self)
{
  g_object_freeze_notify (G_OBJECT (self));
  g_clear_pointer (&self->missing, g_free);
  self->failed = FALSE;
  self->has_video = FALSE;
  self->shown = FALSE;
  self->seeking = FALSE;
  self->stepping = FALSE;
  self->segmented = FALSE;
  self->askew = TRUE;
  self->at_end = FALSE;
  self->steps = 0;
  self->wanted = -1;
  self->left = -1;
  self->picture_end = 0;
  yj_player_set_time (self, &self->range_from, -1, PROP_RANGE_FROM);
  yj_player_set_time (self, &self->range_to, -1, PROP_RANGE_TO);
  yj_player_set_playing (self, FALSE);
  yj_player_saw_frame (self);
  yj_player_set_boolean (self, &self->ready, FALSE, PROP_READY);
  yj_player_set_time (self, &self->position, 0, PROP_POSITION);
  yj_player_set_time (self, &self->duration, 0, PROP_DURATION);
  g_object_thaw_notify (G_OBJECT (self));
}

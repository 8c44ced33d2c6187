/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-job-notices"

#include "yj-job-notices.h"

#include <glib/gi18n.h>

#include "yj-background.h"
#include "yj-poster.h"

#define NOTICE "jobs"
#define GATHER 1500             /* ms: what ends within is told together */
#define POSTER_SIZE 512         /* px of the longer side; the portal refuses more, and what is not square */
#define MOST_PROMPTS 3          /* named in a summary */
#define PROMPT_LENGTH 60        /* characters of each */

struct _YjJobNotices
{
  GObject        parent_instance;

  GApplication  *application;   /* not owned: it owns this */
  GPtrArray     *jobs;          /* of YjJob: not seen yet, in the order of their ends */
  GCancellable  *cancellable;   /* of the poster that is loaded */
  guint          gather_id;
  gboolean       standing;      /* one was sent */
};

G_DEFINE_FINAL_TYPE (YjJobNotices, yj_job_notices, G_TYPE_OBJECT)

/* ---- what it says */

static guint
count (YjJobNotices *self,
       YjJobState    state)
{
  guint n = 0;

  for (guint i = 0; i < self->jobs->len; i++)
    n += yj_job_get_state (self->jobs->pdata[i]) == state;

  return n;
}

/* The end of @text, on a line of its own. */
static GString *
on_new_line (GString *text)
{
  return text->len > 0 ? g_string_append_c (text, '\n') : text;
}

static void
add_prompts (YjJobNotices *self,
             GString      *text)
{
  for (guint i = 0; i < MIN (self->jobs->len, MOST_PROMPTS); i++)
    {
      g_autofree char *prompt = g_strdelimit (g_strdup (yj_job_get_prompt (self->jobs->pdata[i])), "\n", ' ');
      g_autofree char *start = g_utf8_substring (prompt, 0, MIN (PROMPT_LENGTH, g_utf8_strlen (prompt, -1)));
      g_autofree char *line = strlen (start) < strlen (prompt) ? g_strconcat (start, "…", NULL) : g_strdup (start);

      if (*line != '\0')
        g_string_append (on_new_line (text), line);
    }
  if (self->jobs->len > MOST_PROMPTS)
    g_string_append (on_new_line (text), "…");
}

static GNotification *
new_summary (YjJobNotices *self)
{
  guint n = self->jobs->len;
  guint ready = count (self, YJ_JOB_READY);
  guint failed = count (self, YJ_JOB_FAILED);
  guint unconfirmed = n - ready - failed;
  g_autofree char *title = NULL;
  g_autoptr(GString) body = g_string_new (NULL);
  GNotification *notification;

  if (ready == n)
    title = g_strdup_printf (ngettext ("%u video is ready", "%u videos are ready", n), n);
  else if (failed == n)
    title = g_strdup_printf (ngettext ("%u video could not be made", "%u videos could not be made", n), n);
  else
    {
      title = g_strdup_printf (ngettext ("%u job has ended", "%u jobs have ended", n), n);
      if (ready > 0)
        g_string_append_printf (on_new_line (body), ngettext ("%u video is ready", "%u videos are ready", ready), ready);
      if (failed > 0)
        g_string_append_printf (on_new_line (body), ngettext ("%u video could not be made", "%u videos could not be made", failed), failed);
      if (unconfirmed > 0)
        g_string_append_printf (on_new_line (body), ngettext ("Of %u job it is not known whether it was accepted",
                                                              "Of %u jobs it is not known whether they were accepted", unconfirmed), unconfirmed);
    }
  if (body->len == 0)
    add_prompts (self, body);
  notification = g_notification_new (title);
  g_notification_set_body (notification, body->str);
  g_notification_set_default_action (notification, "app.show-gallery");

  return notification;
}

static GNotification *
new_single (YjJob *job)
{
  YjJobState state = yj_job_get_state (job);
  const char *uuid = yj_job_get_uuid (job);
  GNotification *notification;

  notification = g_notification_new (state == YJ_JOB_READY ? _("Your video is ready") :
                                     state == YJ_JOB_FAILED ? _("A video could not be made") :
                                     _("It is not known whether a job was accepted"));
  g_notification_set_body (notification, yj_job_get_prompt (job));
  if (state == YJ_JOB_READY)
    {
      g_notification_add_button_with_target (notification, _("Play"), "app.show-job", "s", uuid);
      g_notification_add_button_with_target (notification, _("Extend"), "app.extend-job", "s", uuid);
      g_notification_add_button_with_target (notification, _("Show in Files"), "app.show-job-in-files", "s", uuid);
    }
  g_notification_set_default_action_and_target (notification, "app.show-job", "s", uuid);

  return notification;
}

static void
send (YjJobNotices *self,
      GIcon        *icon)
{
  g_autoptr(GNotification) notification = self->jobs->len == 1 ? new_single (self->jobs->pdata[0]) : new_summary (self);

  if (icon != NULL)
    g_notification_set_icon (notification, icon);
  self->standing = TRUE;
  g_application_send_notification (self->application, NOTICE, notification);
}

/* ---- its picture */

static YjJob *
find_pictured (YjJobNotices *self)
{
  for (guint i = 0; i < self->jobs->len; i++)
    if (yj_job_get_state (self->jobs->pdata[i]) == YJ_JOB_READY)
      return self->jobs->pdata[i];

  return NULL;
}

/* The middle of the poster, as PNG. */
static GIcon *
new_square (GdkTexture *poster)
{
  int width = gdk_texture_get_width (poster), height = gdk_texture_get_height (poster), side = MIN (width, height);
  gsize stride = (gsize) width * 4, skip;
  g_autofree guchar *pixels = g_malloc (stride * (gsize) height);
  g_autoptr(GBytes) all = NULL;
  g_autoptr(GBytes) part = NULL;
  g_autoptr(GBytes) png = NULL;
  g_autoptr(GdkTexture) square = NULL;

  gdk_texture_download (poster, pixels, stride);
  all = g_bytes_new_take (g_steal_pointer (&pixels), stride * (gsize) height);
  skip = (gsize) ((height - side) / 2) * stride + (gsize) ((width - side) / 2) * 4;
  part = g_bytes_new_from_bytes (all, skip, (gsize) (side - 1) * stride + (gsize) side * 4);
  square = gdk_memory_texture_new (side, side, GDK_MEMORY_DEFAULT, part, stride);
  png = gdk_texture_save_to_png_bytes (square);

  return g_bytes_icon_new (png);
}

static void
poster_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(YjJobNotices) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GdkTexture) poster = yj_poster_load_finish (result, &error);
  g_autoptr(GIcon) icon = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  if (poster != NULL)
    icon = new_square (poster);
  send (self, icon);
}

static void
stop (YjJobNotices *self)
{
  g_clear_handle_id (&self->gather_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/* Where the portal is asked, it wants the picture itself, small and square; elsewhere the file is enough. */
static void
compose (YjJobNotices *self)
{
  YjJob *pictured = find_pictured (self);
  GFile *still = NULL;

  stop (self);
  if (pictured != NULL)
    still = yj_job_get_cover (pictured) != NULL ? yj_job_get_cover (pictured) : yj_job_get_file (pictured);
  if (still != NULL && (yj_background_uses_portal () || still == yj_job_get_file (pictured)))
    {
      self->cancellable = g_cancellable_new ();
      yj_poster_load_async (still, POSTER_SIZE, self->cancellable, poster_cb, g_object_ref (self));
    }
  else
    {
      g_autoptr(GIcon) icon = still != NULL ? g_file_icon_new (still) : NULL;

      send (self, icon);
    }
}

static gboolean
gathered_cb (gpointer user_data)
{
  YjJobNotices *self = user_data;

  self->gather_id = 0;
  compose (self);
  return G_SOURCE_REMOVE;
}

static void
yj_job_notices_dispose (GObject *object)
{
  YjJobNotices *self = YJ_JOB_NOTICES (object);

  stop (self);
  g_clear_pointer (&self->jobs, g_ptr_array_unref);

  G_OBJECT_CLASS (yj_job_notices_parent_class)->dispose (object);
}

static void
yj_job_notices_class_init (YjJobNoticesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = yj_job_notices_dispose;
}

static void
yj_job_notices_init (YjJobNotices *self)
{
  self->jobs = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * yj_job_notices_new:
 * @application: what sends the notifications, and outlives this
 *
 * Its actions `show-job`, `extend-job`, `show-job-in-files` (each with a uuid) and `show-gallery` answer to them.
 *
 * Returns: (transfer full): nothing told yet
 */
YjJobNotices *
yj_job_notices_new (GApplication *application)
{
  YjJobNotices *self;

  g_return_val_if_fail (G_IS_APPLICATION (application), NULL);

  self = g_object_new (YJ_TYPE_JOB_NOTICES, NULL);
  self->application = application;

  return self;
}

/**
 * yj_job_notices_add:
 * @self: the notices
 * @job: a job that has come to its end
 *
 * Tells of it soon: by itself, or together with all that ended since the person last looked.
 */
void
yj_job_notices_add (YjJobNotices *self,
                    YjJob        *job)
{
  YjJobState state;

  g_return_if_fail (YJ_IS_JOB_NOTICES (self));
  g_return_if_fail (YJ_IS_JOB (job));

  state = yj_job_get_state (job);
  if ((state != YJ_JOB_READY && state != YJ_JOB_FAILED && state != YJ_JOB_UNCONFIRMED) ||
      g_ptr_array_find (self->jobs, job, NULL))
    return;

  g_ptr_array_add (self->jobs, g_object_ref (job));
  if (self->gather_id == 0)
    self->gather_id = g_timeout_add (GATHER, gathered_cb, self);
}

/**
 * yj_job_notices_flush:
 * @self: the notices
 *
 * Sends what is still waiting, without its picture where that is not at hand.
 */
void
yj_job_notices_flush (YjJobNotices *self)
{
  gboolean waiting;

  g_return_if_fail (YJ_IS_JOB_NOTICES (self));

  waiting = self->gather_id != 0 || self->cancellable != NULL;
  stop (self);
  if (waiting && self->jobs->len > 0)
    send (self, NULL);
}

/**
 * yj_job_notices_seen:
 * @self: the notices
 *
 * Takes back what was told and what would have been.
 */
void
yj_job_notices_seen (YjJobNotices *self)
{
  g_return_if_fail (YJ_IS_JOB_NOTICES (self));

  stop (self);
  g_ptr_array_set_size (self->jobs, 0);
  if (self->standing)
    g_application_withdraw_notification (self->application, NOTICE);
  self->standing = FALSE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-job-text"

#include "yj-job-text.h"

#include <glib/gi18n.h>

#include "yj-error-text.h"
#include "yj-error.h"

/**
 * yj_job_text_dup_duration:
 * @ns: a length of time, in ns
 *
 * Returns: (transfer full): minutes and seconds as `1:05`, with hours from an hour on
 */
char *
yj_job_text_dup_duration (gint64 ns)
{
  gint64 seconds = (MAX (ns, 0) + 500000000) / 1000000000;

  if (seconds >= 3600)
    return g_strdup_printf ("%d:%02d:%02d", (int) (seconds / 3600), (int) (seconds / 60 % 60), (int) (seconds % 60));

  return g_strdup_printf ("%d:%02d", (int) (seconds / 60), (int) (seconds % 60));
}

/* The time since the job was submitted, behind a state: "Queued · 0:12". */
static char *
with_elapsed (YjJob      *job,
              const char *state)
{
  gint64 since = yj_job_get_submitted (job) > 0 ? yj_job_get_submitted (job) : yj_job_get_created (job);
  g_autofree char *elapsed = yj_job_text_dup_duration ((g_get_real_time () - since) * 1000);

  /* translators: a state of a job, and the time since it was submitted as 1:05 */
  return g_strdup_printf (_("%s · %s"), state, elapsed);
}

static char *
with_bytes (YjJob      *job,
            const char *state)
{
  gint64 moved = yj_job_get_moved (job), total = yj_job_get_total (job);
  g_autofree char *done = g_format_size (MAX (moved, 0));
  g_autofree char *all = g_format_size (MAX (total, 0));

  if (moved <= 0)
    return g_strdup (state);
  if (total <= 0)
    /* translators: a state of a job, and how much was moved so far as 1.2 MB */
    return g_strdup_printf (_("%s · %s"), state, done);

  /* translators: a state of a job, bytes moved so far, and bytes in all: "Downloading… 1.2 MB of 5.3 MB" */
  return g_strdup_printf (_("%s %s of %s"), state, done, all);
}

static char *
dup_error (YjJob *job)
{
  return yj_error_text_dup_code (yj_job_get_error_code (job), yj_job_get_error_message (job));
}

static gboolean
has_error (YjJob *job)
{
  return yj_job_get_error_code (job) >= 0 || yj_job_get_error_message (job) != NULL;
}

/* What a job that is not sent yet waits for. */
static char *
get_waiting (YjJob *job)
{
  switch (yj_job_get_error_code (job))
    {
    case YJ_ERROR_UNSENT:
      return g_strdup (_("Waiting: the platform cannot be reached. Nothing was sent; it is tried again by itself."));
    case YJ_ERROR_RATE_LIMIT:
      return g_strdup (_("Waiting: the platform is asked too often at the moment. It is tried again by itself."));
    default:
      return has_error (job) ? dup_error (job) : g_strdup (_("Waiting to be sent"));
    }
}

/**
 * yj_job_text_dup_state:
 * @job: a job
 *
 * Where a job stands, with what is truly known of its progress: bytes moved, or the time since it was
 * submitted; never a percentage. For one that failed, or rests until something is done: why, and what to do.
 *
 * Returns: (transfer full): the state in words
 */
char *
yj_job_text_dup_state (YjJob *job)
{
  g_return_val_if_fail (YJ_IS_JOB (job), NULL);

  if (yj_job_get_resting (job) && has_error (job))
    return dup_error (job);

  switch (yj_job_get_state (job))
    {
    case YJ_JOB_WAITING:
      return get_waiting (job);
    case YJ_JOB_SUBMITTING:
      if (yj_job_get_total (job) > 0 && yj_job_get_moved (job) >= yj_job_get_total (job))
        return g_strdup (_("Sent; the answer is awaited"));
      return with_bytes (job, _("Sending…"));
    case YJ_JOB_UNCONFIRMED:
      return g_strdup (_("Unconfirmed: it may have been charged"));
    case YJ_JOB_CREATED:
      return with_elapsed (job, _("Accepted"));
    case YJ_JOB_PENDING:
      return with_elapsed (job, _("In the platform’s queue"));
    case YJ_JOB_RUNNING:
      return with_elapsed (job, _("Being made"));
    case YJ_JOB_DOWNLOADING:
      return with_bytes (job, _("Downloading…"));
    case YJ_JOB_READY:
      return g_strdup (_("Ready"));
    case YJ_JOB_FAILED:
      return dup_error (job);
    case YJ_JOB_EXPIRED:
      return g_strdup (yj_job_get_made (job) ? _("Made, but no longer kept by the platform") : _("The platform does not know it any more"));
    case YJ_JOB_CANCELLED:
      return g_strdup (_("Withdrawn"));
    }

  g_return_val_if_reached (NULL);
}

static char *
dup_unconfirmed (YjJob *job)
{
  const char *words = yj_job_get_error_message (job);

  if (words == NULL || *words == '\0')
    return g_strdup (_("It is not known whether the platform took it. Look at the account’s records on the web console before you "
                       "submit it again."));

  /* translators: %s: the words of the platform or of the system */
  return g_strdup_printf (_("It is not known whether the platform took it (%s). Look at the account’s records on the web console "
                            "before you submit it again."), gettext (words));
}

/* What goes wrong for a while: of this machine in its own words. */
static char *
dup_trouble (YjJob      *job,
             const char *words)
{
  if (!has_error (job))
    return NULL;

  return yj_job_get_error_code (job) < 0 ? dup_error (job) : g_strdup (words);
}

/* Forgotten after it was made, or before anybody knew of that; a sandbox takes all with it. */
static char *
dup_expired (YjJob *job)
{
  if (yj_job_get_lost (job) && yj_job_get_error_message (job) != NULL)
    return g_strdup (gettext (yj_job_get_error_message (job)));
  if (yj_job_get_made (job))
    return g_strdup (_("The platform keeps videos for a short while only. It may still have another link to it."));

  return g_strdup (_("Whether the video was made and charged is not known; the account’s records show it."));
}

/* Of another platform than the one that is set, or before there is any. */
static char *
dup_away (YjJob *job)
{
  const char *origin = yj_job_get_origin (job);

  if (origin == NULL || *origin == '\0')
    return g_strdup (_("It is sent once there is an API key."));

  /* translators: %s: an address such as https://ai.example.org */
  return g_strdup_printf (_("It belongs to %s and goes on as soon as that is the platform again."), origin);
}

/**
 * yj_job_text_dup_advice:
 * @job: a job
 *
 * Returns: (nullable) (transfer full): what to know or to do about a job that does not simply go its way, or %NULL
 */
char *
yj_job_text_dup_advice (YjJob *job)
{
  g_return_val_if_fail (YJ_IS_JOB (job), NULL);

  if (yj_job_get_resting (job) && !has_error (job))
    return dup_away (job);
  if (yj_job_get_resting (job))
    return yj_job_get_state (job) == YJ_JOB_DOWNLOADING && yj_job_get_error_code (job) < 0
           ? g_strdup (_("It is also tried again by itself now and then. The platform keeps the video for a short while only.")) : NULL;

  switch (yj_job_get_state (job))
    {
    case YJ_JOB_UNCONFIRMED:
      return dup_unconfirmed (job);
    case YJ_JOB_EXPIRED:
      return dup_expired (job);
    case YJ_JOB_CREATED:
    case YJ_JOB_PENDING:
    case YJ_JOB_RUNNING:
      return dup_trouble (job, _("The platform does not answer at the moment. The job goes on there; it is asked again by itself."));
    case YJ_JOB_DOWNLOADING:
      return dup_trouble (job, yj_job_get_error_code (job) == YJ_ERROR_CUT
                               ? _("The download broke off. It goes on by itself.")
                               : _("The video is made, but cannot be fetched at the moment. It is tried again by itself."));
    case YJ_JOB_SUBMITTING:
      return dup_trouble (job, NULL);
    case YJ_JOB_WAITING:
    case YJ_JOB_READY:
    case YJ_JOB_FAILED:
    case YJ_JOB_CANCELLED:
      return NULL;
    }

  g_return_val_if_reached (NULL);
}

/**
 * yj_job_text_dup_facts:
 * @job: a job
 *
 * Returns: (transfer full): length and size of its video as far as known: `0:05 · 1280 × 720`, or the empty string
 */
char *
yj_job_text_dup_facts (YjJob *job)
{
  g_autoptr(GString) text = g_string_new (NULL);

  g_return_val_if_fail (YJ_IS_JOB (job), NULL);

  if (yj_job_get_duration (job) > 0)
    {
      g_autofree char *duration = yj_job_text_dup_duration (yj_job_get_duration (job));
      g_string_append (text, duration);
    }
  if (yj_job_get_width (job) > 0)
    g_string_append_printf (text, "%s%d × %d", text->len > 0 ? " · " : "", yj_job_get_width (job), yj_job_get_height (job));

  return g_string_free_and_steal (g_steal_pointer (&text));
}

/**
 * yj_job_text_get_icon:
 * @state: a state
 *
 * Returns: (nullable) (transfer none): the icon of a state in which a job rests, or %NULL for one on its way
 */
const char *
yj_job_text_get_icon (YjJobState state)
{
  switch (state)
    {
    case YJ_JOB_UNCONFIRMED:
      return "dialog-question-symbolic";
    case YJ_JOB_FAILED:
      return "dialog-error-symbolic";
    case YJ_JOB_EXPIRED:
      return "document-open-recent-symbolic";
    case YJ_JOB_CANCELLED:
      return "action-unavailable-symbolic";
    case YJ_JOB_READY:
      return "video-x-generic-symbolic";
    case YJ_JOB_WAITING:
    case YJ_JOB_SUBMITTING:
    case YJ_JOB_CREATED:
    case YJ_JOB_PENDING:
    case YJ_JOB_RUNNING:
    case YJ_JOB_DOWNLOADING:
      return NULL;
    }

  g_return_val_if_reached (NULL);
}

/**
 * yj_job_text_get_mode:
 * @mode: a mode
 *
 * Returns: (transfer none): its name for people
 */
const char *
yj_job_text_get_mode (YjMode mode)
{
  switch (mode)
    {
    case YJ_MODE_TEXT_TO_VIDEO:
      return _("Text to Video");
    case YJ_MODE_IMAGE_TO_VIDEO:
      return _("Image to Video");
    case YJ_MODE_REFERENCES_TO_VIDEO:
      return _("References to Video");
    }

  g_return_val_if_reached (NULL);
}

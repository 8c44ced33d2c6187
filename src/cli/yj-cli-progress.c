/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-cli-job.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define BAR_CELLS 24

/**
 * yj_cli_state_text:
 * @state: a state
 *
 * Returns: (transfer none): what it means, in the person's language
 */
const char *
yj_cli_state_text (YjJobState state)
{
  switch (state)
    {
    case YJ_JOB_WAITING:
      return _("Waiting to be sent");
    case YJ_JOB_SUBMITTING:
      return _("Sending");
    case YJ_JOB_UNCONFIRMED:
      return _("Unconfirmed");
    case YJ_JOB_CREATED:
      return _("Taken by the platform");
    case YJ_JOB_PENDING:
      return _("In line at the platform");
    case YJ_JOB_RUNNING:
      return _("Running");
    case YJ_JOB_DOWNLOADING:
      return _("Fetching the video");
    case YJ_JOB_READY:
      return _("Ready");
    case YJ_JOB_FAILED:
      return _("Failed");
    case YJ_JOB_EXPIRED:
      return _("Expired");
    case YJ_JOB_CANCELLED:
      return _("Cancelled");
    default:
      g_return_val_if_reached ("");
    }
}

YjCliProgress *
yj_cli_progress_new (void)
{
  YjCliProgress *self = g_new0 (YjCliProgress, 1);

  self->terminal = isatty (STDERR_FILENO);
  self->state = -1;
  return self;
}

void
yj_cli_progress_free (YjCliProgress *self)
{
  yj_cli_progress_clear (self);
  g_free (self->shown);
  g_free (self);
}

void
yj_cli_progress_clear (YjCliProgress *self)
{
  if (self->terminal && self->shown != NULL)
    {
      fputs ("\r\033[K", stderr);
      fflush (stderr);
    }
  g_clear_pointer (&self->shown, g_free);
}

static void
append_transfer (GString *line,
                 gint64   moved,
                 gint64   total)
{
  g_autofree char *done = g_format_size (moved);
  g_autofree char *all = total > 0 ? g_format_size (total) : NULL;
  int cells;

  if (all == NULL)
    {
      g_string_append_printf (line, "  %s", done);
      return;
    }
  cells = (int) (MIN (moved, total) * BAR_CELLS / total);
  g_string_append (line, "  [");
  for (int i = 0; i < BAR_CELLS; i++)
    g_string_append_c (line, i < cells ? '#' : '.');
  g_string_append (line, "]  ");
  /* translators: sizes, such as "3.1 MB of 10 MB" */
  g_string_append_printf (line, _("%s of %s"), done, all);
}

static void
append_elapsed (GString *line,
                gint64   since)
{
  int seconds = (int) ((g_get_monotonic_time () - since) / G_USEC_PER_SEC);

  g_string_append_printf (line, "  %d:%02d", seconds / 60, seconds % 60);
}

void
yj_cli_progress_show (YjCliProgress *self,
                      YjJobState     state,
                      const char    *task_id,
                      gint64         moved,
                      gint64         total)
{
  g_autoptr(GString) line = g_string_new (yj_cli_state_text (state));

  if ((int) state != self->state)
    self->since = g_get_monotonic_time ();
  self->state = state;

  if (state == YJ_JOB_CREATED && task_id != NULL)
    {
      g_autofree char *plain = yj_cli_plain (task_id, STDERR_FILENO);

      /* translators: comes behind "Taken by the platform" */
      g_string_append_printf (line, _(": task %s"), plain);
    }
  if (self->terminal && moved > 0)
    append_transfer (line, moved, total);
  else if (self->terminal && (state == YJ_JOB_CREATED || state == YJ_JOB_PENDING || state == YJ_JOB_RUNNING))
    append_elapsed (line, self->since);

  if (g_strcmp0 (line->str, self->shown) == 0)
    return;
  if (self->terminal)
    fprintf (stderr, "\r%s\033[K", line->str);
  else
    fprintf (stderr, "%s\n", line->str);
  fflush (stderr);
  g_set_str (&self->shown, line->str);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the panel says about files that were not added: however many they are, one calm text with a line per reason. */
#define G_LOG_DOMAIN "yj-reference-panel"

#include "yj-reference-panel-private.h"

#include <glib/gi18n.h>

#include "yj-window.h"

#define MAX_LINES 4
#define SEEN_HEIGHT 40          /* px: who sees two lines of it sees that there is more */

typedef struct
{
  char      *reason;
  GPtrArray *names;             /* of the files it is about; none: it is about all of them */
  gboolean   aside;             /* they are there, for another model */
} Line;

static void
line_free (Line *line)
{
  g_free (line->reason);
  g_ptr_array_unref (line->names);
  g_free (line);
}

static char *
dup_line (const Line *line)
{
  guint n = line->names->len;
  const char *name = n > 0 ? line->names->pdata[0] : NULL;

  if (n == 0)
    return g_strdup (line->reason);
  if (n == 1 && line->aside)
    /* translators: %1$s: a file name, %2$s: a sentence that says why the model does not take it */
    return g_strdup_printf (_("“%1$s” was set aside. %2$s"), name, line->reason);
  if (n == 1)
    /* translators: %1$s: a file name, %2$s: a sentence that says why it was not added */
    return g_strdup_printf (_("“%1$s” was not added. %2$s"), name, line->reason);

  if (line->aside)
    /* translators: %1$d: how many files, %2$s: a sentence that says why the model does not take them */
    return g_strdup_printf (ngettext ("%1$d file was set aside. %2$s", "%1$d files were set aside. %2$s", n), (int) n, line->reason);
  /* translators: %1$d: how many files, %2$s: a sentence that says why they were not added */
  return g_strdup_printf (ngettext ("%1$d file was not added. %2$s", "%1$d files were not added. %2$s", n), (int) n, line->reason);
}

static void
append_names (GString    *text,
              const Line *line)
{
  for (guint i = 0; i < line->names->len; i++)
    g_string_append_printf (text, "%s%s", i == 0 ? "\n" : _(", "), (const char *) line->names->pdata[i]);
}

static void
append_number (YjReferencePanel *self,
               GString          *text,
               guint             shown)
{
  guint n = 0;

  for (guint i = shown; i < self->lines->len; i++)
    n += MAX (1, ((Line *) self->lines->pdata[i])->names->len);
  /* translators: %d: how many files */
  g_string_append_printf (text, ngettext ("\n%d more was not added.", "\n%d more were not added.", n), (int) n);
}

static void
show_lines (YjReferencePanel *self)
{
  g_autoptr(GString) text = g_string_new (NULL);
  /* one line more takes no more room than to say that there is one more */
  guint shown = self->notice_whole || self->lines->len <= MAX_LINES + 1 ? self->lines->len : MAX_LINES;
  gboolean more = shown < self->lines->len;

  for (guint i = 0; i < shown; i++)
    {
      const Line *line = self->lines->pdata[i];
      g_autofree char *words = dup_line (line);

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", words);
      if (line->names->len > 1 && self->notice_whole)
        append_names (text, line);
      more = more || (line->names->len > 1 && !self->notice_whole);
    }
  if (shown < self->lines->len)
    append_number (self, text, shown);

  gtk_label_set_label (self->notice, text->str);
  gtk_widget_set_visible (self->notice_all, more);
  gtk_revealer_set_reveal_child (self->notice_revealer, TRUE);
}

static void
scroll_cb (YjReferencePanel *self)
{
  GtkWidget *pane = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_VIEWPORT);

  if (pane != NULL)
    gtk_viewport_scroll_to (GTK_VIEWPORT (pane), GTK_WIDGET (self->notice_revealer), NULL);
}

static gboolean
are_all_aside (YjReferencePanel *self)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      const Line *line = g_ptr_array_index (self->lines, i);

      if (line->names->len > 0 && !line->aside)
        return FALSE;
    }

  return TRUE;
}

/* By then it has its place. What lies out of sight is told of in sight, as nothing scrolls by itself. */
static gboolean
placed_cb (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       user_data)
{
  YjReferencePanel *self = YJ_REFERENCE_PANEL (widget);
  GtkWidget *pane = gtk_widget_get_ancestor (widget, GTK_TYPE_VIEWPORT);
  GtkRoot *root = gtk_widget_get_root (widget);
  graphene_rect_t box;
  AdwToast *toast;

  if (--self->notice_frames > 0)
    return G_SOURCE_CONTINUE;
  self->notice_tick = 0;
  if (pane == NULL || !YJ_IS_WINDOW (root) || !gtk_widget_get_mapped (GTK_WIDGET (self->notice)) ||
      !gtk_widget_compute_bounds (GTK_WIDGET (self->notice), pane, &box) ||
      (box.origin.y >= 0 && box.origin.y + MIN (box.size.height, SEEN_HEIGHT) <= (float) gtk_widget_get_height (pane)))
    return G_SOURCE_REMOVE;

  toast = adw_toast_new (are_all_aside (self) ? _("Some files were set aside") : _("Not all files were added"));
  adw_toast_set_button_label (toast, _("Show"));
  adw_toast_set_timeout (toast, 10);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (scroll_cb), self, G_CONNECT_SWAPPED);
  yj_window_add_toast (YJ_WINDOW (root), toast);
  return G_SOURCE_REMOVE;
}

static void
look_for_notice (YjReferencePanel *self)
{
  gboolean refused = FALSE;

  for (guint i = 0; i < self->lines->len; i++)
    refused = refused || ((Line *) g_ptr_array_index (self->lines, i))->names->len > 0;
  if (!refused)
    return;
  self->notice_frames = 3;
  if (self->notice_tick == 0)
    self->notice_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), placed_cb, NULL, NULL);
}

/* Once for all that came together, so that a screen reader is not flooded. */
static void
announce (YjReferencePanel *self)
{
  if (self->lines->len > 0)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), gtk_label_get_label (self->notice), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
add_line (YjReferencePanel *self,
          const char       *name,
          const char       *reason,
          gboolean          aside)
{
  Line *line = NULL;

  for (guint i = 0; i < self->lines->len && line == NULL; i++)
    {
      Line *known = g_ptr_array_index (self->lines, i);

      if (g_str_equal (known->reason, reason) && known->aside == aside)
        line = known;
    }
  if (line == NULL)
    {
      line = g_new0 (Line, 1);
      line->reason = g_strdup (reason);
      line->names = g_ptr_array_new_with_free_func (g_free);
      line->aside = aside;
      g_ptr_array_add (self->lines, line);
    }
  if (name != NULL)
    g_ptr_array_add (line->names, g_strdup (name));
  show_lines (self);
}

void
yj_reference_panel_say (YjReferencePanel *self,
                        const char       *sentence)
{
  add_line (self, NULL, sentence, FALSE);
  if (!yj_attacher_get_busy (self->attacher))
    announce (self);
}

void
yj_reference_panel_say_all (YjReferencePanel *self)
{
  /* the button goes */
  if (gtk_widget_is_focus (self->notice_all))
    gtk_widget_grab_focus (self->notice_dismiss);
  self->notice_whole = TRUE;
  show_lines (self);
  announce (self);
}

void
yj_reference_panel_say_nothing (YjReferencePanel *self)
{
  g_ptr_array_set_size (self->lines, 0);
  self->notice_whole = FALSE;
  gtk_revealer_set_reveal_child (self->notice_revealer, FALSE);
}

static void
refused_cb (YjReferencePanel *self,
            const char       *name,
            const char       *reason)
{
  add_line (self, name, reason, FALSE);
}

static void
set_aside_cb (YjReferencePanel *self,
              const char       *name,
              const char       *reason)
{
  add_line (self, name, reason, TRUE);
}

static void
busy_cb (YjReferencePanel *self)
{
  gboolean busy = yj_attacher_get_busy (self->attacher);

  if (busy == gtk_widget_get_visible (self->busy))
    return;                     /* told anew with each file */
  gtk_widget_set_visible (self->busy, busy);
  if (busy)
    return;
  announce (self);
  look_for_notice (self);
}

void
yj_reference_panel_init_notice (YjReferencePanel *self)
{
  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) line_free);
  g_signal_connect_object (self->attacher, "refused", G_CALLBACK (refused_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->attacher, "set-aside", G_CALLBACK (set_aside_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->attacher, "noted", G_CALLBACK (yj_reference_panel_say), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->attacher, "notify::busy", G_CALLBACK (busy_cb), self, G_CONNECT_SWAPPED);
}

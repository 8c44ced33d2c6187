/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-code-lines"

#include "yj-code-lines.h"

#include <string.h>

#include "yj-text-piece.h"

/* The labels of a code block, one below the other, and behind them what is selected of the code. */
struct _YjCodeLines
{
  GtkBox  parent_instance;

  guint   marked_start;         /* bytes into the code */
  guint   marked_end;
};

G_DEFINE_FINAL_TYPE (YjCodeLines, yj_code_lines, GTK_TYPE_BOX)

static void
yj_code_lines_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  YjCodeLines *self = YJ_CODE_LINES (widget);
  guint start = 0;

  if (self->marked_start < self->marked_end)
    for (GtkWidget *w = gtk_widget_get_first_child (widget); w != NULL && start < self->marked_end; w = gtk_widget_get_next_sibling (w))
      {
        guint length = strlen (gtk_label_get_text (GTK_LABEL (w)));

        if (gtk_widget_get_visible (w) && self->marked_start < start + length)
          yj_label_snapshot_marked (widget, GTK_LABEL (w), MAX (self->marked_start, start) - start,
                                    MIN (self->marked_end - start, length), snapshot);
        start += length + 1;    /* a line feed parts one from the next */
      }

  GTK_WIDGET_CLASS (yj_code_lines_parent_class)->snapshot (widget, snapshot);
}

static void
yj_code_lines_class_init (YjCodeLinesClass *klass)
{
  GTK_WIDGET_CLASS (klass)->snapshot = yj_code_lines_snapshot;
}

static void
yj_code_lines_init (YjCodeLines *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_cursor (GTK_WIDGET (self), yj_label_get_cursor ());
}

/**
 * yj_code_lines_new:
 *
 * Returns: (transfer floating): a box for labels
 */
GtkWidget *
yj_code_lines_new (void)
{
  return g_object_new (YJ_TYPE_CODE_LINES, NULL);
}

/**
 * yj_code_lines_set_marked:
 * @self: lines of code
 * @start: bytes into the code
 * @end: the same: nothing is selected
 */
void
yj_code_lines_set_marked (YjCodeLines *self,
                          guint        start,
                          guint        end)
{
  g_return_if_fail (YJ_IS_CODE_LINES (self));

  if (self->marked_start == start && self->marked_end == end)
    return;
  self->marked_start = start;
  self->marked_end = end;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

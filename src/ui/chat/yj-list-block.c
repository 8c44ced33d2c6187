/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-list-block"

#include "yj-list-block.h"

#include <glib/gi18n.h>

#include "yj-block-box.h"

/* A list: a grid with the marks in one column and what they mark in the other. */
struct _YjListBlock
{
  GtkWidget  parent_instance;

  GPtrArray *marks;             /* borrowed */
  GPtrArray *boxes;             /* borrowed */
  GArray    *tasks;             /* of YjTask: what kind of mark each is */
};

G_DEFINE_FINAL_TYPE (YjListBlock, yj_list_block, GTK_TYPE_WIDGET)

static GtkGridLayout *
get_grid (YjListBlock *self)
{
  return GTK_GRID_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self)));
}

static GtkWidget *
create_task (YjTask task)
{
  GtkWidget *check = gtk_check_button_new ();

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), task == YJ_TASK_DONE);
  gtk_widget_set_can_target (check, FALSE);
  gtk_widget_set_focusable (check, FALSE);
  gtk_widget_add_css_class (check, "yj-task");
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  task == YJ_TASK_DONE ? _("Done") : _("Not Done"), -1);
  return check;
}

static GtkWidget *
create_mark (YjListBlock *self,
             YjBlock     *list,
             guint        i,
             YjTask       task)
{
  static const char * const bullets[] = { "•", "◦", "▪" };
  g_autofree char *number = NULL;
  GtkWidget *label;
  guint depth = 0;

  if (task != YJ_TASK_NONE)
    return create_task (task);
  for (GtkWidget *w = gtk_widget_get_parent (GTK_WIDGET (self)); w != NULL; w = gtk_widget_get_parent (w))
    depth += YJ_IS_LIST_BLOCK (w);
  if (list->ordered)
    number = g_strdup_printf ("%" G_GUINT64_FORMAT ".", (guint64) list->level + i);
  label = gtk_label_new (list->ordered ? number : bullets[depth % G_N_ELEMENTS (bullets)]);
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_add_css_class (label, "yj-mark");
  if (list->ordered)
    gtk_widget_add_css_class (label, "yj-number");
  return label;
}

/* @before: NULL: behind all. */
static void
place (YjListBlock *self,
       GtkWidget   *widget,
       int          column,
       int          row,
       GtkWidget   *before)
{
  GtkLayoutChild *child;

  gtk_widget_insert_before (widget, GTK_WIDGET (self), before);
  child = gtk_layout_manager_get_layout_child (GTK_LAYOUT_MANAGER (get_grid (self)), widget);
  gtk_grid_layout_child_set_column (GTK_GRID_LAYOUT_CHILD (child), column);
  gtk_grid_layout_child_set_row (GTK_GRID_LAYOUT_CHILD (child), row);
}

static void
set_mark (YjListBlock *self,
          YjBlock     *list,
          guint        i,
          YjTask       task)
{
  GtkWidget *mark = create_mark (self, list, i, task);

  if (i < self->marks->len)
    {
      gtk_widget_unparent (g_ptr_array_index (self->marks, i));
      g_ptr_array_index (self->marks, i) = mark;
      g_array_index (self->tasks, YjTask, i) = task;
    }
  else
    {
      g_ptr_array_add (self->marks, mark);
      g_array_append_val (self->tasks, task);
    }
  gtk_widget_set_valign (mark, GTK_ALIGN_START);
  /* A reader comes to the mark before what it marks. */
  place (self, mark, 0, i, g_ptr_array_index (self->boxes, i));
}

static void
yj_list_block_dispose (GObject *object)
{
  YjListBlock *self = YJ_LIST_BLOCK (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_ptr_array_set_size (self->marks, 0);
  g_ptr_array_set_size (self->boxes, 0);

  G_OBJECT_CLASS (yj_list_block_parent_class)->dispose (object);
}

static void
yj_list_block_finalize (GObject *object)
{
  YjListBlock *self = YJ_LIST_BLOCK (object);

  g_ptr_array_unref (self->marks);
  g_ptr_array_unref (self->boxes);
  g_array_unref (self->tasks);

  G_OBJECT_CLASS (yj_list_block_parent_class)->finalize (object);
}

static void
yj_list_block_class_init (YjListBlockClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_list_block_dispose;
  object_class->finalize = yj_list_block_finalize;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_GRID_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "yj-list");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
yj_list_block_init (YjListBlock *self)
{
  self->marks = g_ptr_array_new ();
  self->boxes = g_ptr_array_new ();
  self->tasks = g_array_new (FALSE, FALSE, sizeof (YjTask));
  gtk_grid_layout_set_column_spacing (get_grid (self), 8);
}

/**
 * yj_list_block_new:
 *
 * Returns: (transfer floating): an empty one
 */
GtkWidget *
yj_list_block_new (void)
{
  return g_object_new (YJ_TYPE_LIST_BLOCK, NULL);
}

/**
 * yj_list_block_set_block:
 * @self: a list block
 * @list: a list; ordered and counting from the same number as the one before
 * @chinese: whether ideographs are to have Chinese shapes
 */
void
yj_list_block_set_block (YjListBlock *self,
                         YjBlock     *list,
                         gboolean     chinese)
{
  guint n = list->children != NULL ? list->children->len : 0;

  g_return_if_fail (YJ_IS_LIST_BLOCK (self));
  g_return_if_fail (list->kind == YJ_BLOCK_LIST);

  gtk_grid_layout_set_row_spacing (get_grid (self), list->tight ? 4 : 10);
  for (guint i = 0; i < n; i++)
    {
      YjBlock *item = g_ptr_array_index (list->children, i);

      if (i >= self->boxes->len)
        {
          GtkWidget *box = yj_block_box_new ();

          gtk_widget_set_hexpand (box, TRUE);
          place (self, box, 1, i, NULL);
          g_ptr_array_add (self->boxes, box);
        }
      if (i >= self->marks->len || g_array_index (self->tasks, YjTask, i) != item->task)
        set_mark (self, list, i, item->task);
      yj_block_box_set_tight (g_ptr_array_index (self->boxes, i), list->tight);
      yj_block_box_set_blocks (g_ptr_array_index (self->boxes, i), item->children, 0, chinese);
    }

  for (guint i = self->boxes->len; i > n; i--)
    {
      gtk_widget_unparent (g_ptr_array_index (self->boxes, i - 1));
      gtk_widget_unparent (g_ptr_array_index (self->marks, i - 1));
    }
  if (self->boxes->len > n)
    {
      g_ptr_array_set_size (self->boxes, n);
      g_ptr_array_set_size (self->marks, n);
      g_array_set_size (self->tasks, n);
    }
}

/**
 * yj_list_block_collect:
 * @self: a list block
 * @pieces: (element-type YjPiece): grows by the leaves in it
 */
void
yj_list_block_collect (YjListBlock *self,
                       GArray      *pieces)
{
  g_return_if_fail (YJ_IS_LIST_BLOCK (self));

  for (guint i = 0; i < self->boxes->len; i++)
    yj_block_box_collect (g_ptr_array_index (self->boxes, i), pieces);
}

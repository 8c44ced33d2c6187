/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-usage-table.h"

#include <glib/gi18n.h>

#include "yj-usage-words.h"

/* The ledger, which the cells read from; it lives as long as the last of its columns. */
typedef struct
{
  gatomicrefcount  ref_count;
  YjLedger        *ledger;
  YjLedgerBy       by;
} Source;

/* What one column shows: a unit, or one of the others. */
typedef struct
{
  Source *source;
  int     unit;                 /* -1: the name, -2: how many */
} Cell;

enum { NAME = -1, COUNTS = -2 };

static void
cell_free (gpointer  data,
           GClosure *closure)
{
  Cell *cell = data;

  if (g_atomic_ref_count_dec (&cell->source->ref_count))
    {
      yj_ledger_free (cell->source->ledger);
      g_free (cell->source);
    }
  g_free (cell);
}

static char *
dup_cell (Cell        *cell,
          YjLedgerRow *row)
{
  if (cell->unit == NAME)
    return row->key != NULL ? yj_usage_words_dup_key (row->key, cell->source->by) : g_strdup (_("Total"));
  if (cell->unit == COUNTS)
    {
      g_autofree char *counts = yj_usage_words_dup_counts (row);

      if (row->n_silent == 0)
        return g_steal_pointer (&counts);
      /* translators: %1$s: "3 videos and 20 answers", %2$d: of how many of them the platform told no figures */
      return g_strdup_printf (ngettext ("%1$s (%2$d not told)", "%1$s (%2$d not told)", (gulong) row->n_silent), counts, (int) row->n_silent);
    }
  /* translators: in a table: no figure */
  return row->counts[cell->unit] > 0 ? yj_usage_words_dup_amount (row->amounts[cell->unit]) : g_strdup (_("–"));
}

static void
setup_cb (GtkListItemFactory *factory,
          GObject            *item,
          Cell               *cell)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), cell->unit >= 0 ? 1 : 0);
  if (cell->unit >= 0)
    gtk_widget_add_css_class (label, "numeric");
  gtk_column_view_cell_set_child (GTK_COLUMN_VIEW_CELL (item), label);
  gtk_column_view_cell_set_focusable (GTK_COLUMN_VIEW_CELL (item), FALSE);
}

static void
bind_cb (GtkListItemFactory *factory,
         GObject            *item,
         Cell               *cell)
{
  GtkColumnViewCell *view = GTK_COLUMN_VIEW_CELL (item);
  GtkWidget *label = gtk_column_view_cell_get_child (view);
  GObject *object = gtk_column_view_cell_get_item (view);
  YjLedgerRow *row = g_object_get_data (object, "yj-row");
  g_autofree char *text = dup_cell (cell, row);

  gtk_label_set_label (GTK_LABEL (label), text);
  if (row->key == NULL)
    gtk_widget_add_css_class (label, "heading");
  else
    gtk_widget_remove_css_class (label, "heading");
}

static void
add_column (GtkColumnView *view,
            Source        *source,
            const char    *title,
            int            unit)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr(GtkColumnViewColumn) column = gtk_column_view_column_new (title, factory);
  Cell *cells[2];

  for (guint i = 0; i < 2; i++)
    {
      cells[i] = g_new (Cell, 1);
      *cells[i] = (Cell) { source, unit };
      g_atomic_ref_count_inc (&source->ref_count);
    }
  g_signal_connect_data (factory, "setup", G_CALLBACK (setup_cb), cells[0], cell_free, G_CONNECT_DEFAULT);
  g_signal_connect_data (factory, "bind", G_CALLBACK (bind_cb), cells[1], cell_free, G_CONNECT_DEFAULT);
  gtk_column_view_column_set_expand (column, unit == COUNTS);
  gtk_column_view_append_column (view, column);
}

static void
add_row (GListStore  *store,
         YjLedgerRow *row)
{
  g_autoptr(GObject) object = g_object_new (G_TYPE_OBJECT, NULL);

  g_object_set_data (object, "yj-row", row);
  g_list_store_append (store, object);
}

/**
 * yj_usage_table_fill:
 * @view: a view
 * @ledger: (transfer full): what it shows from now on
 * @by: what the rows are for
 */
void
yj_usage_table_fill (GtkColumnView *view,
                     YjLedger      *ledger,
                     YjLedgerBy     by)
{
  static const char * const names[] = { N_("Time"), N_("Model"), N_("Mode") };
  g_autoptr(GListStore) store = g_list_store_new (G_TYPE_OBJECT);
  GListModel *columns = gtk_column_view_get_columns (view);
  Source *source = g_new (Source, 1);

  gtk_column_view_set_model (view, NULL);
  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

      gtk_column_view_remove_column (view, column);
    }
  g_atomic_ref_count_init (&source->ref_count);
  source->ledger = ledger;
  source->by = by;
  add_column (view, source, _(names[by]), NAME);
  for (guint i = 0; i < ledger->units->len; i++)
    {
      g_autofree char *title = yj_usage_words_dup_unit (g_ptr_array_index (ledger->units, i));

      add_column (view, source, title, (int) i);
    }
  add_column (view, source, _("Used For"), COUNTS);
  for (guint i = 0; i < ledger->rows->len; i++)
    add_row (store, g_ptr_array_index (ledger->rows, i));
  if (ledger->rows->len > 1)
    add_row (store, ledger->total);
  g_autoptr(GtkNoSelection) selection = gtk_no_selection_new (G_LIST_MODEL (g_steal_pointer (&store)));
  gtk_column_view_set_model (view, GTK_SELECTION_MODEL (selection));
  /* the columns keep it now */
  if (g_atomic_ref_count_dec (&source->ref_count))
    g_assert_not_reached ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A bar for each step of the time. What it shows is for a screen reader in the table. */
#define YJ_TYPE_USAGE_CHART (yj_usage_chart_get_type ())
G_DECLARE_FINAL_TYPE (YjUsageChart, yj_usage_chart, YJ, USAGE_CHART, GtkWidget)

/* @labels: as many as @n; the first and the last are written below. */
void yj_usage_chart_show (YjUsageChart       *self,
                          const double       *amounts,
                          const char * const *labels,
                          guint               n,
                          const char         *unit);

G_END_DECLS

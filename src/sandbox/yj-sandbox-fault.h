/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The faults that one request is to meet: names and values. */
typedef struct _YjSandboxFaults YjSandboxFaults;

/* All faults asked for on the command line, each perhaps for one kind of request and for a number of times. */
typedef struct _YjSandboxFaultList YjSandboxFaultList;

YjSandboxFaultList *yj_sandbox_fault_list_new  (void);
void                yj_sandbox_fault_list_free (YjSandboxFaultList  *self);
gboolean            yj_sandbox_fault_list_add  (YjSandboxFaultList  *self,
                                                const char          *fault,
                                                GError             **error);
char               *yj_sandbox_fault_describe  (void);

YjSandboxFaults    *yj_sandbox_faults_new      (YjSandboxFaultList  *list,
                                                const char          *kind,
                                                const char          *header,
                                                GError             **error);
YjSandboxFaults    *yj_sandbox_faults_ref      (YjSandboxFaults     *self);
void                yj_sandbox_faults_unref    (YjSandboxFaults     *self);
gboolean            yj_sandbox_faults_has      (YjSandboxFaults     *self,
                                                const char          *name);
const char         *yj_sandbox_faults_get      (YjSandboxFaults     *self,
                                                const char          *name);
gint64              yj_sandbox_faults_get_int  (YjSandboxFaults     *self,
                                                const char          *name,
                                                gint64               fallback);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YjSandboxFaultList, yj_sandbox_fault_list_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YjSandboxFaults, yj_sandbox_faults_unref)

G_END_DECLS

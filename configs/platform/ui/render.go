package ui

import (
	"context"
	"io"
)

// Each part is its own component: Render hands it to its template.

func (p Acts) Render(ctx context.Context, w io.Writer) error      { return acts(p).Render(ctx, w) }
func (p Badge) Render(ctx context.Context, w io.Writer) error     { return badge(p).Render(ctx, w) }
func (p Banner) Render(ctx context.Context, w io.Writer) error    { return banner(p).Render(ctx, w) }
func (p BarePage) Render(ctx context.Context, w io.Writer) error  { return barePage(p).Render(ctx, w) }
func (p Button) Render(ctx context.Context, w io.Writer) error    { return button(p).Render(ctx, w) }
func (p Calendar) Render(ctx context.Context, w io.Writer) error  { return calendar(p).Render(ctx, w) }
func (p Card) Render(ctx context.Context, w io.Writer) error      { return card(p).Render(ctx, w) }
func (p Check) Render(ctx context.Context, w io.Writer) error     { return check(p).Render(ctx, w) }
func (p Checks) Render(ctx context.Context, w io.Writer) error    { return checks(p).Render(ctx, w) }
func (p Choice) Render(ctx context.Context, w io.Writer) error    { return choice(p).Render(ctx, w) }
func (p Crumbs) Render(ctx context.Context, w io.Writer) error    { return crumbs(p).Render(ctx, w) }
func (p DateField) Render(ctx context.Context, w io.Writer) error { return dateField(p).Render(ctx, w) }
func (p Dated) Render(ctx context.Context, w io.Writer) error     { return dated(p).Render(ctx, w) }
func (p Dialog) Render(ctx context.Context, w io.Writer) error    { return dialog(p).Render(ctx, w) }
func (p DialogBody) Render(ctx context.Context, w io.Writer) error {
	return dialogBody(p).Render(ctx, w)
}
func (p Empty) Render(ctx context.Context, w io.Writer) error     { return empty(p).Render(ctx, w) }
func (p EnterPage) Render(ctx context.Context, w io.Writer) error { return enterPage(p).Render(ctx, w) }
func (p ErrorBanner) Render(ctx context.Context, w io.Writer) error {
	return errorBanner(p).Render(ctx, w)
}
func (p Face) Render(ctx context.Context, w io.Writer) error     { return face(p).Render(ctx, w) }
func (p Field) Render(ctx context.Context, w io.Writer) error    { return field(p).Render(ctx, w) }
func (p Ghost) Render(ctx context.Context, w io.Writer) error    { return ghost(p).Render(ctx, w) }
func (p Heading) Render(ctx context.Context, w io.Writer) error  { return pageHead(p).Render(ctx, w) }
func (p Hold) Render(ctx context.Context, w io.Writer) error     { return hold(p).Render(ctx, w) }
func (p KPIs) Render(ctx context.Context, w io.Writer) error     { return kpis(p).Render(ctx, w) }
func (p KV) Render(ctx context.Context, w io.Writer) error       { return kv(p).Render(ctx, w) }
func (p Leaf) Render(ctx context.Context, w io.Writer) error     { return leaf(p).Render(ctx, w) }
func (p List) Render(ctx context.Context, w io.Writer) error     { return list(p).Render(ctx, w) }
func (p Meter) Render(ctx context.Context, w io.Writer) error    { return meter(p).Render(ctx, w) }
func (p Month) Render(ctx context.Context, w io.Writer) error    { return month(p).Render(ctx, w) }
func (p Pager) Render(ctx context.Context, w io.Writer) error    { return pager(p).Render(ctx, w) }
func (p Panel) Render(ctx context.Context, w io.Writer) error    { return panel(p).Render(ctx, w) }
func (p Radios) Render(ctx context.Context, w io.Writer) error   { return radios(p).Render(ctx, w) }
func (p Rail) Render(ctx context.Context, w io.Writer) error     { return rail(p).Render(ctx, w) }
func (p SaveBar) Render(ctx context.Context, w io.Writer) error  { return saveBar(p).Render(ctx, w) }
func (p Seg) Render(ctx context.Context, w io.Writer) error      { return seg(p).Render(ctx, w) }
func (p Sheet) Render(ctx context.Context, w io.Writer) error    { return sheet(p).Render(ctx, w) }
func (p Shown) Render(ctx context.Context, w io.Writer) error    { return shown(p).Render(ctx, w) }
func (p Side) Render(ctx context.Context, w io.Writer) error     { return side(p).Render(ctx, w) }
func (p SitePage) Render(ctx context.Context, w io.Writer) error { return sitePage(p).Render(ctx, w) }
func (p Slot) Render(ctx context.Context, w io.Writer) error     { return slot(p).Render(ctx, w) }
func (p Slots) Render(ctx context.Context, w io.Writer) error    { return slots(p).Render(ctx, w) }
func (p Steps) Render(ctx context.Context, w io.Writer) error    { return steps(p).Render(ctx, w) }
func (p Strip) Render(ctx context.Context, w io.Writer) error    { return strip(p).Render(ctx, w) }
func (p Switch) Render(ctx context.Context, w io.Writer) error   { return toggle(p).Render(ctx, w) }
func (p Table) Render(ctx context.Context, w io.Writer) error    { return table(p).Render(ctx, w) }
func (p Tabs) Render(ctx context.Context, w io.Writer) error     { return tabs(p).Render(ctx, w) }
func (p Toast) Render(ctx context.Context, w io.Writer) error    { return toast(p).Render(ctx, w) }
func (p WWWPage) Render(ctx context.Context, w io.Writer) error  { return wwwPage(p).Render(ctx, w) }
func (p Week) Render(ctx context.Context, w io.Writer) error     { return week(p).Render(ctx, w) }
func (p Who) Render(ctx context.Context, w io.Writer) error      { return who(p).Render(ctx, w) }

func (p OfficePage) Render(ctx context.Context, w io.Writer) error {
	return office("office", p).Render(ctx, w)
}

func (p ConsolePage) Render(ctx context.Context, w io.Writer) error {
	return office("console", OfficePage(p)).Render(ctx, w)
}

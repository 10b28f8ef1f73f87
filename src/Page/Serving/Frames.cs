using Jobs.Cli.Ports;
using Jobs.Page.Reading;
using Jobs.Page.Views;
using Microsoft.AspNetCore.Http;

namespace Jobs.Page.Serving;

/// <summary>What the views of a request have around them.</summary>
internal sealed class Frames(Sources sources, Notices notices, PageParts parts)
{
    private const int OnLaptop = 2_000;

    /// <summary>Each look is some dozens of reads, which AWS bills.</summary>
    private const int OnAws = 5_000;

    public static bool IsLaptop(StackPlace place) =>
        place.Endpoint is { } endpoint && Uri.TryCreate(endpoint, UriKind.Absolute, out var url) && url.IsLoopback;

    public async Task<Frame> OfAsync(HttpContext context)
    {
        var stack = await sources.StackAsync(context.RequestAborted);
        var isLaptop = IsLaptop(stack.Place);
        return new Frame(stack.Place.Title, stack.Place.Lines, parts.Clock.GetUtcNow(), parts.Zone)
        {
            IsLaptop = isLaptop,
            Again = isLaptop ? OnLaptop : OnAws,
            Status = await sources.Status.TryGetAsync(context.RequestAborted),
            Notice = notices.Take(context.Request.Query[Notices.Query]),
        };
    }
}

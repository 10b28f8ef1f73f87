using Jobs.Page.Ground;

namespace Jobs.Page.Serving;

/// <summary>What a request is answered with.</summary>
/// <param name="Menu">Which entry of the menu it belongs to.</param>
/// <param name="Title">For the browser's tab.</param>
internal sealed record Shown(string Menu, string Title, Html Body)
{
    public int Status { get; init; } = 200;

    /// <summary>Parts of it are not known yet: the browser looks again at once.</summary>
    public bool IsPartial { get; init; }
}

using Jobs.Page.Ground;

namespace Jobs.Page;

/// <summary>Of which stack the page is, and where it answers.</summary>
public sealed record PageSettings
{
    /// <summary>Loopback port; 0 for any free one. Default 0.</summary>
    public int Port { get; init; }

    /// <summary>Name of the stack. Default null: JOBS_STACK, else the one called jobs, else the only one.</summary>
    public string? StackName { get; init; }

    /// <summary>
    /// The stack on this machine. Default null: what AWS_ENDPOINT_URL says, else AWS with the user's credentials.
    /// </summary>
    public Uri? Laptop { get; init; }

    /// <summary>
    /// The denials of the stack on this machine so far, oldest first. Default null: it runs in another program.
    /// </summary>
    public Func<IReadOnlyList<Hop>>? Denials { get; init; }
}

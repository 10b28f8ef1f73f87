namespace Jobs.Cli.Import;

/// <summary>The network is the runner's, one for all jobs.</summary>
internal static class NetworkFields
{
    private const string Shared =
        "All jobs of a runner share one network. Set Vpc, Subnets and SecurityGroups of JobRunnerProps in Program.cs.";

    private const string Connect =
        "A job takes no requests, so it has no name in Service Connect. What it calls it reaches by address, in a " +
        "network that both share.";

    public static void Add(WorkloadCode code, ManifestNode manifest)
    {
        code.Props.Leave("Network", manifest.Find("network", "connect"), Connect);
        if (manifest.Find("network", "vpc", "placement") is { } placement)
        {
            if (placement.Scalar is "public")
            {
                code.Props.Remark("Network", "placement: public. The runner's own network has public subnets.");
                placement.Map();
            }
            else code.Props.Leave("Network", placement, Shared);
        }

        code.Props.Leave("Network", manifest.Find("network", "vpc", "security_groups"), Shared);
    }
}

using Jobs.Cli.Ports;

namespace Jobs.Tests.Unit.Cli;

/// <summary>An account that has all that a stack needs, until a test says otherwise.</summary>
internal sealed class FakeAccount : IAccount
{
    public HashSet<string> Roles { get; } = ["AWSServiceRoleForECS"];

    public List<string> Created { get; } = [];

    public Dictionary<string, double> Quotas { get; } =
        new() { ["fargate L-3032A538"] = 100, ["fargate L-36FBB829"] = 100 };

    public int Executions { get; set; } = 1_000;

    public Dictionary<string, string> Parameters { get; } = new() { ["/cdk-bootstrap/hnb659fds/version"] = "21" };

    /// <summary>Thrown by every call that asks for something.</summary>
    public Exception? Refusal { get; set; }

    public Exception? CreationRefusal { get; set; }

    public Task<bool> HasRoleAsync(string role, CancellationToken cancellation) => Answer(() => Roles.Contains(role));

    public Task CreateServiceLinkedRoleAsync(string service, CancellationToken cancellation)
    {
        if (CreationRefusal is { } e) return Task.FromException(e);
        Created.Add(service);
        return Task.CompletedTask;
    }

    public Task<double> QuotaAsync(string service, string code, CancellationToken cancellation) =>
        Answer(() => Quotas[$"{service} {code}"]);

    public Task<int> FunctionConcurrencyAsync(CancellationToken cancellation) => Answer(() => Executions);

    public Task<string?> ParameterAsync(string name, CancellationToken cancellation) =>
        Answer(() => Parameters.GetValueOrDefault(name));

    /// <summary>What the cluster offers; null: there is none.</summary>
    public IReadOnlyCollection<string>? Providers { get; set; } = [];

    /// <summary>Of a topic or a key, by its ARN.</summary>
    public Dictionary<string, string> Policies { get; } = [];

    public Task<IReadOnlyCollection<string>?> CapacityProvidersAsync(
        string cluster, CancellationToken cancellation) => Answer(() => Providers);

    public Task<string> TopicPolicyAsync(string topicArn, CancellationToken cancellation) =>
        Answer(() => Policies.GetValueOrDefault(topicArn, "{}"));

    public Task<string> KeyPolicyAsync(string keyArn, CancellationToken cancellation) =>
        Answer(() => Policies.GetValueOrDefault(keyArn, "{}"));

    private Task<T> Answer<T>(Func<T> answer) =>
        Refusal is { } e ? Task.FromException<T>(e) : Task.FromResult(answer());
}

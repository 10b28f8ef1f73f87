using System.Text.Json.Nodes;

namespace Jobs.Tests.EndToEnd.Permissions;

/// <summary>
/// This process's environment as a function's or a task's is: the stack's variables, and credentials of its role. Until
/// it is disposed.
/// </summary>
internal sealed class RoleEnvironment : IDisposable
{
    private readonly Dictionary<string, string?> _before = [];

    private RoleEnvironment(PermissionStack stack, string roleArn, IEnumerable<KeyValuePair<string, string>> variables)
    {
        var issued = stack.Host.Credentials.Issue(roleArn, "probe", TimeSpan.FromHours(1));
        Role = roleArn[(roleArn.LastIndexOf('/') + 1)..];
        foreach (var (name, value) in variables) Set(name, value);
        Set("AWS_ENDPOINT_URL", stack.Host.Endpoint.ToString());
        Set("AWS_REGION", Local.Ground.Laptop.Region);
        Set("AWS_ACCESS_KEY_ID", issued.AccessKeyId);
        Set("AWS_SECRET_ACCESS_KEY", issued.SecretAccessKey);
        Set("AWS_SESSION_TOKEN", issued.SessionToken);
    }

    /// <summary>Name of the role.</summary>
    public string Role { get; }

    public static RoleEnvironment OfFunction(PermissionStack stack, string name)
    {
        var function = stack.Resource($"JobsFunctions{name}Function").Properties;
        var variables = function["Environment"]!["Variables"]!.AsObject()
            .Select(variable => KeyValuePair.Create(variable.Key, variable.Value!.ToString()));
        return new(stack, function[nameof(Role)]!.ToString(), variables);
    }

    public static RoleEnvironment OfJob(PermissionStack stack, string name)
    {
        var task = stack.Resource($"Jobs{name}Task").Properties;
        var variables = task["ContainerDefinitions"]![0]!["Environment"]!.AsArray().Select(Variable);
        return new(stack, task["TaskRoleArn"]!.ToString(), variables);
    }

    public void Dispose()
    {
        foreach (var (name, value) in _before) Environment.SetEnvironmentVariable(name, value);
    }

    private static KeyValuePair<string, string> Variable(JsonNode? variable) =>
        new(variable!["Name"]!.ToString(), variable["Value"]!.ToString());

    private void Set(string name, string value)
    {
        _before[name] = Environment.GetEnvironmentVariable(name);
        Environment.SetEnvironmentVariable(name, value);
    }
}

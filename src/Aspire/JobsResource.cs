using Aspire.Hosting.ApplicationModel;

namespace Jobs;

/// <summary>
/// The laptop in an Aspire app host: the stack of a CDK app, run on this machine. It is healthy once the stack runs.
/// </summary>
/// <param name="name">As the dashboard has it; different from the other resources'.</param>
/// <param name="app">Folder of the CDK app's <c>cdk.json</c>, which is the process's current folder.</param>
public sealed class JobsResource(string name, string app) : ExecutableResource(name, "dotnet", app)
{
    internal const string EndpointName = "http";

    /// <summary>The address of all AWS services, such as <c>http://127.0.0.1:4566</c>.</summary>
    public EndpointReference Endpoint => new(this, EndpointName);
}

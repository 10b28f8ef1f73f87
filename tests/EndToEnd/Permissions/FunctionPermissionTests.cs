using System.Reflection;
using Amazon.Lambda.Annotations;
using Jobs.Core.Definitions;
using Jobs.Core.Runs;
using Jobs.Core.Tracing;
using Jobs.Functions;
using Microsoft.Extensions.DependencyInjection;

namespace Jobs.Tests.EndToEnd.Permissions;

/// <summary>
/// Every function, put together as it is deployed, may do whatever the ports do that it can come to call. The ports are
/// found in the function, and their members by reflection: what is new is tried without a change here.
/// </summary>
[Collection(PermissionCollection.Name)]
public sealed class FunctionPermissionTests(PermissionStack stack)
{
    private static readonly Type[] Functions = [.. typeof(Startup).Assembly.GetTypes()
        .Where(type => HandlerOf(type) is not null)];

    public static TheoryData<string> Handlers => [.. Functions.Select(type => HandlerOf(type)!)];

    [Theory]
    [MemberData(nameof(Handlers))]
    public async Task Function_may_do_what_its_ports_do(string handler)
    {
        using var environment = RoleEnvironment.OfFunction(stack, handler);
        await using var services = Services();
        var function = ActivatorUtilities.CreateInstance(
            services, Functions.Single(type => HandlerOf(type) == handler));
        var probe = new Probe(stack, environment.Role, Texts());

        foreach (var (port, adapter) in ReachablePorts.Of(function)) await probe.CallAllAsync(port, () => adapter);

        probe.Verify();
    }

    [Fact]
    public void Every_function_of_the_stack_is_tried() => Assert.Equal(
        stack.Host.Stack.OfType("AWS::Lambda::Function")
            .Select(function => function.Properties["Environment"]!["Variables"]!["ANNOTATIONS_HANDLER"]!.ToString())
                .Order(),
        Functions.Select(HandlerOf).Order());

    [Fact]
    public void Every_port_of_the_control_plane_is_some_functions()
    {
        using var environment = RoleEnvironment.OfFunction(stack, "OnBacklog");
        // Only functions with an inbox are told of it.
        Environment.SetEnvironmentVariable(Core.EnvironmentNames.DeadLetterQueue, "https://sqs/dead");
        using var services = Services();
        var reached = Functions.SelectMany(
            type => ReachablePorts.Of(ActivatorUtilities.CreateInstance(services, type)).Keys).ToHashSet();
        Environment.SetEnvironmentVariable(Core.EnvironmentNames.DeadLetterQueue, null);

        // Traces go to a collector, and here to none.
        var ports = typeof(IRunStore).Assembly.GetTypes().Where(ReachablePorts.IsPort).Except([typeof(ITraces)]);

        Assert.Equal(
            ports.Except(WorkerPermissionTests.Ports).Select(port => port.Name)
                .Order(), reached.Except(WorkerPermissionTests.Ports).Select(port => port.Name).Order());
    }

    private static string? HandlerOf(Type type) =>
        type.GetMethods()
            .SingleOrDefault(method => method.GetCustomAttribute<LambdaFunctionAttribute>() is not null)?.Name;

    private static ServiceProvider Services()
    {
        // As on Lambda, it is a file beside the function.
        File.WriteAllText(
            Path.Combine(AppContext.BaseDirectory, JobCatalog.FileName), new JobCatalog(PermissionStack.Jobs).ToJson());
        var services = new ServiceCollection();
        new Startup().ConfigureServices(services);
        return services.BuildServiceProvider();
    }

    private Samples Texts() => new(new Dictionary<string, string>
    {
        ["job"] = PermissionStack.Drain,
        ["launchJob"] = PermissionStack.Parent,
        ["bucket"] = stack.Host.Outputs[Core.OutputNames.Bucket],
        ["key"] = "_jobs/arrays/sample.jsonl",
        ["prefix"] = "in/",
        ["json"] = "{}",
        ["taskArn"] = $"arn:aws:ecs:{Local.Ground.Laptop.Region}:000000000000:task/{stack.Host.Outputs[Core.OutputNames.Cluster]}/0123456789abcdef0123456789abcdef",
    });
}

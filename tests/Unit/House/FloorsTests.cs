namespace Jobs.Tests.Unit.House;

/// <summary>The arrows between the folders of a project point down.</summary>
public sealed class FloorsTests
{
    [Fact]
    public void Cdk_uses_only_what_lies_below() => Assert.Equal(
        [],
        Floors.Of(
            "src/Cdk",
            "Ground",
            "Assets",
            "Props",
            "Alerts",
            "Queues",
            "Commons",
            "Permissions",
            "Tasks",
            "Checks",
            "Functions",
            "Monitoring",
            "Canaries",
            "Runner",
            "Pipelines",
            "Apps").Offences());

    [Fact]
    public void Core_uses_only_what_lies_below() => Assert.Equal(
        [],
        Floors.Of(
            "src/Core",
            "Ids",
            "",
            "Inputs",
            "Sizes",
            "Schedules",
            "Tasks",
            "Objects",
            "Messages",
            "Workers",
            "Verdicts",
            "Definitions",
            "Runs",
            "Tracing",
            "Costs",
            "Metrics",
            "Slots",
            "Pauses",
            "Engine",
            "Children",
            "Dispatch",
            "Backlog",
            "Alerts",
            "Scheduling",
            "Triggers",
            "Replays",
            "Commands",
            "Composition").Offences());

    [Fact]
    public void Cli_uses_only_what_lies_below() => Assert.Equal(
        [],
        Floors.Of(
            "src/Cli",
            "Ground",
            "Output",
            "Ports",
            "Laptop",
            "Stacks",
            "Account",
            "Reading",
            "Doctor",
            "Verify",
            "Import",
            "Shapes",
            "Views",
            "Images",
            "Solutions",
            "Commands",
            "Help",
            "").Offences());

    [Fact]
    public void Sdk_uses_only_what_lies_below() => Assert.Equal(
        [],
        Floors.Of(
            "src/Sdk",
            "Ground",
            "Attributes",
            "Contexts",
            "Declarations",
            "Generated",
            "Tracing",
            "Children",
            "Reporting",
            "Canaries",
            "Messages",
            "Hosting",
            "Standalone",
            "").Offences());

    [Fact]
    public void Aws_uses_only_what_lies_below() => Assert.Equal(
        [],
        Floors.Of("src/Aws", "", "Tracing", "Ecs", "Queues", "Metrics", "Layout", "Alerts", "Runs", "Workers")
            .Offences());

    [Fact]
    public void Page_uses_only_what_lies_below() => Assert.Equal(
        [], Floors.Of("src/Page", "Ground", "Guarding", "Reading", "Views", "Serving", "").Offences());

    [Fact]
    public void Local_uses_only_what_lies_below() => Assert.Equal(
        [], Floors.Of("src/Local", "Ground", "Output", "Synthesis", "Watching", "Demo", "Commands", "").Offences());
}

using System.Globalization;
using System.Text.Json.Nodes;
using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Wire;

namespace Lapstack.Services.Scheduler;

/// <summary>
/// EventBridge Scheduler's REST API: looking at the schedules and switching them. Schedules come from the template.
/// </summary>
internal sealed class SchedulerService(ScheduleStore schedules, Account account) : IService
{
    private const int LargestPage = 100;

    public string Name => "scheduler";

    public Protocol Protocol => Protocol.RestJson;

    public bool Claims(WireRequest request) => PathOf(request)[0] == "schedules";

    public async Task<Operation> ReadAsync(
        WireRequest request, CancellationToken cancellation) => (request.Method, PathOf(request)) switch
        {
            ("GET", ["schedules"]) => List(request),
            ("GET", ["schedules", var name]) =>
                OnSchedule("GetSchedule", Arn(request.Parameter("groupName"), name), [], Describe),
            ("PUT", ["schedules", var name]) => Update(name, await request.ReadJsonAsync(cancellation)),
            _ => throw ServiceError.Unsupported(Name, $"{request.Method} {request.RawPath}"),
        };

    private Operation List(WireRequest request)
    {
        var size = int.TryParse(
            request.Parameter("MaxResults") ?? "100", NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;
        if (size is < 1 or > LargestPage) throw Invalid($"MaxResults must be 1 to {LargestPage}.");
        var (group, prefix, state) = (
            request.Parameter("ScheduleGroup"), request.Parameter("NamePrefix") ?? "", request.Parameter("State"));
        return Answer("ListSchedules", [new AccessRequest("scheduler:ListSchedules", "*")], () => JsonPage.Of(
            "Schedules",
            schedules.All.Where(schedule => (group ?? schedule.Group) == schedule.Group
                    && schedule.Name.StartsWith(prefix, StringComparison.Ordinal)
                    && (state ?? StateOf(schedule)) == StateOf(schedule)),
            Summarize,
            size,
            request.Parameter("NextToken"),
            Invalid("NextToken is not valid."),
            next: "NextToken"));
    }

    /// <summary>
    /// As on AWS the call says the whole schedule again. Everything but its state is the template's, and must be the
    /// same.
    /// </summary>
    private Operation Update(string name, JsonObject input)
    {
        var arn = Arn(input.Text("GroupName"), name);
        var isOn = input.Text("State") switch
        {
            null or "ENABLED" => true,
            "DISABLED" => false,
            var other => throw Invalid($"State must be ENABLED or DISABLED, and is {other}."),
        };
        if (input.Structure("Target").Text("RoleArn") is not { } role) throw Invalid("Target.RoleArn is required.");
        var pass = new AccessRequest(
            "iam:PassRole", role, new Dictionary<string, string[]>
            {
                ["iam:PassedToService"] = ["scheduler.amazonaws.com"],
            });
        return OnSchedule("UpdateSchedule", arn, [pass], schedule =>
        {
            if (ScheduleChange.Of(schedule.Declared, input) is { } member)
                throw ServiceError.Unsupported(Name, $"UpdateSchedule of {member}: it is the template's");
            schedules.Switch(schedule, isOn);
            return new JsonObject { ["ScheduleArn"] = arn };
        });
    }

    private Operation OnSchedule(
        string operation, string arn, AccessRequest[] more, Func<SchedulerTask, JsonObject> act) => Answer(
        operation,
        [new AccessRequest($"scheduler:{operation}", arn), .. more],
        () => act(schedules.Find(arn)
                ?? throw new ServiceError(
                    "ResourceNotFoundException",
                    $"Schedule {arn[(arn.LastIndexOf('/') + 1)..]} does not exist.",
                    404)));

    private static JsonObject Describe(SchedulerTask schedule)
    {
        var described = (JsonObject)schedule.Declared.DeepClone();
        described[nameof(SchedulerTask.Name)] = schedule.Name;
        described["Arn"] = schedule.Arn;
        described["GroupName"] = schedule.Group;
        described["State"] = StateOf(schedule);
        described["ScheduleExpressionTimezone"] ??= "UTC";
        described["CreationDate"] = schedule.MadeAt.ToUnixTimeSeconds();
        described["LastModificationDate"] = schedule.MadeAt.ToUnixTimeSeconds();
        return described;
    }

    private static JsonObject Summarize(SchedulerTask schedule) => new()
    {
        [nameof(SchedulerTask.Name)] = schedule.Name,
        ["Arn"] = schedule.Arn,
        ["GroupName"] = schedule.Group,
        ["State"] = StateOf(schedule),
        ["CreationDate"] = schedule.MadeAt.ToUnixTimeSeconds(),
        ["LastModificationDate"] = schedule.MadeAt.ToUnixTimeSeconds(),
        ["Target"] = new JsonObject { ["Arn"] = schedule.TargetArn },
    };

    private static Operation Answer(string operation, AccessRequest[] access, Func<JsonObject> execute) => new(
        operation, access, _ => Task.FromResult(WireResponse.Json(execute(), "application/json")));

    private string Arn(string? group, string name) => account.Arn("scheduler", $"schedule/{group ?? "default"}/{name}");

    private static string StateOf(SchedulerTask schedule) => schedule.IsEnabled ? "ENABLED" : "DISABLED";

    private static string[] PathOf(WireRequest request) =>
        [.. request.RawPath.Trim('/').Split('/').Select(Uri.UnescapeDataString)];

    private static ServiceError Invalid(string message) => new("ValidationException", message);
}

using System.Diagnostics;
using System.Text.Json.Nodes;
using Lapstack.Tests.Stacks;

namespace Lapstack.Tests.Ecs;

/// <summary>
/// A container in an engine reaches the emulator: its metadata, its role, and an image the machine has.
/// </summary>
public sealed class ContainerStackTests
{
    private const string Image = "registry.example/team/shell:1";

    private const string Resources = $$$$"""
        {"Cluster":{"Type":"AWS::ECS::Cluster","Properties":{"ClusterName":"jobs"}},
         "Providers":{"Type":"AWS::ECS::ClusterCapacityProviderAssociations","Properties":{
           "Cluster":{"Ref":"Cluster"},"CapacityProviders":["FARGATE"],
           "DefaultCapacityProviderStrategy":[{"CapacityProvider":"FARGATE","Weight":1}]}},
         "Role":{"Type":"AWS::IAM::Role","Properties":{"RoleName":"both","AssumeRolePolicyDocument":{"Statement":[
           {"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":"ecs-tasks.amazonaws.com"}}]},
           "Policies":[{"PolicyName":"logs","PolicyDocument":{"Statement":[
             {"Effect":"Allow","Action":["logs:CreateLogStream","logs:PutLogEvents"],"Resource":"*"}]}}]}},
         "Group":{"Type":"AWS::Logs::LogGroup","Properties":{"LogGroupName":"/shell"}},
         "Shell":{"Type":"AWS::ECS::TaskDefinition","Properties":{"Family":"shell","Cpu":"256","Memory":"512",
           "NetworkMode":"awsvpc","RequiresCompatibilities":["FARGATE"],
           "TaskRoleArn":{"Fn::GetAtt":["Role","Arn"]},"ExecutionRoleArn":{"Fn::GetAtt":["Role","Arn"]},
           "ContainerDefinitions":[{"Name":"worker","Image":"{{{{Image}}}}",
             "EntryPoint":["/bin/busybox","sh","-c"],
             "Command":["{{{{Script}}}}"],
             "LogConfiguration":{"LogDriver":"awslogs","Options":{
               "awslogs-group":{"Ref":"Group"},"awslogs-stream-prefix":"run","awslogs-region":"us-east-1"}}}]}}}
        """;

    private const string Script = "/bin/busybox wget -qO- $ECS_CONTAINER_METADATA_URI_V4/task; echo; " +
        "/bin/busybox wget -qO- --header \\\"Authorization: $AWS_CONTAINER_AUTHORIZATION_TOKEN\\\" " +
        "$AWS_CONTAINER_CREDENTIALS_FULL_URI; echo";

    [EngineFact]
    public async Task A_container_reads_its_metadata_and_its_roles_credentials()
    {
        await BuildImageAsync();
        await using var stack = await EmulatedStack.StartAsync(Resources, engine: EngineFactAttribute.Engine);

        var started = await stack.EcsAsync("RunTask", """
            {"cluster":"jobs","taskDefinition":"shell",
             "networkConfiguration":{"awsvpcConfiguration":{"subnets":["subnet-1"]}}}
            """);
        var arn = (string)started["tasks"]![0]!["taskArn"]!;
        var lines = await LinesAsync(stack, 2);

        Assert.Equal(arn, (string?)JsonNode.Parse(lines[0])!["TaskARN"]);
        Assert.Equal("arn:aws:iam::000000000000:role/both", (string?)JsonNode.Parse(lines[1])!["RoleArn"]);
        Assert.StartsWith("ASIA", (string?)JsonNode.Parse(lines[1])!["AccessKeyId"], StringComparison.Ordinal);
    }

    /// <summary>An image of a registry that cannot be reached, and that the machine has.</summary>
    private static async Task BuildImageAsync()
    {
        var folder = Directory.CreateTempSubdirectory("lapstack-image-").FullName;
        File.Copy(EngineFactAttribute.Shell, Path.Combine(folder, "busybox"));
        File.WriteAllText(Path.Combine(folder, "Dockerfile"), "FROM scratch\nCOPY busybox /bin/busybox\n");
        using var build = Process.Start(
            new ProcessStartInfo(EngineFactAttribute.Engine!, ["build", "--quiet", "--tag", Image, folder])
            {
                RedirectStandardOutput = true,
            })!;
        await build.WaitForExitAsync();
        Directory.Delete(folder, recursive: true);
        Assert.Equal(0, build.ExitCode);
    }

    private static async Task<IReadOnlyList<string>> LinesAsync(EmulatedStack stack, int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var answer = await stack.JsonAsync(
                "logs", "Logs_20140328.FilterLogEvents", """{"logGroupName":"/shell"}""");
            var events = answer.Json["events"] as JsonArray ?? [];
            var lines = events.Select(e => ((string)e!["message"]!).Trim()).Where(line => line.Length > 0).ToList();
            if (lines.Count >= count) return lines;
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, limit.Token);
        }
    }
}

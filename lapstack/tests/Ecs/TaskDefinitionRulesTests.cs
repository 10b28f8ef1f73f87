using System.Text.Json.Nodes;
using Lapstack.Services.Ecs.Definitions;
using Lapstack.Template;

namespace Lapstack.Tests.Ecs;

public sealed class TaskDefinitionRulesTests
{
    [Fact]
    public void Definition_of_the_bench_is_accepted() => TaskDefinitionRules.Check("Count", EcsBench.Definition());

    [Theory]
    [InlineData("requiresCompatibilities", """["EC2"]""", "must contain FARGATE")]
    [InlineData("networkMode", "\"bridge\"", "awsvpc")]
    [InlineData("memory", "\"4096\"", "No Fargate configuration exists for cpu 256 and memory 4096")]
    [InlineData("ephemeralStorage", """{"sizeInGiB":20}""", "21 to 200")]
    [InlineData("executionRoleArn", "null", "execution role")]
    [InlineData("containerDefinitions", "[]", "1 to 10")]
    [InlineData("containerDefinitions", """[{"name":"a","image":"i","essential":false}]""", "essential")]
    [InlineData("containerDefinitions", """[{"name":"a","image":"i"},{"name":"a","image":"i"}]""", "same name")]
    [InlineData("containerDefinitions", """[{"name":"a","image":"i","healthCheck":{"command":["CMD","x"],"retries":11}}]""",
        "health check's retries is 11; ECS takes 1 to 10")]
    [InlineData("containerDefinitions", """[{"name":"a","image":"i","stopTimeout":121}]""", "120")]
    [InlineData("containerDefinitions", """[{"name":"a","image":"i","privileged":true}]""",
        "no such thing as container a: privileged")]
    [InlineData("volumes", """[{"name":"v","host":{"sourcePath":"/v"}}]""",
        "no such thing as volume v: host.sourcePath")]
    [InlineData("containerDefinitions",
        """[{"name":"a","image":"i","mountPoints":[{"sourceVolume":"v","containerPath":"/v"}]}]""", "the volume v")]
    [InlineData("containerDefinitions",
        """[{"name":"a","image":"i","dependsOn":[{"containerName":"b","condition":"DONE"}]}]""", "to be DONE")]
    [InlineData("containerDefinitions",
        """
        [{"name":"a","image":"i","dependsOn":[{"containerName":"b","condition":"SUCCESS"}]},{"name":"b","image":"i"}]
        """, "is essential")]
    [InlineData("containerDefinitions",
        """[{"name":"a","image":"i","dependsOn":[{"containerName":"b","condition":"START"}]}]""",
        "not in the definition")]
    [InlineData("containerDefinitions",
        """[{"name":"a","image":"i","dependsOn":[{"containerName":"a","condition":"START"}]}]""", "itself")]
    [InlineData("containerDefinitions",
        """[{"name":"a","image":"i","dependsOn":[{"containerName":"a","condition":"HEALTHY"}]}]""", "no health check")]
    public void Definition_that_cannot_run_is_refused_with_the_rule(string member, string value, string rule)
    {
        var definition = EcsBench.Definition(d => d[member] = JsonNode.Parse(value));

        var error = Assert.Throws<TemplateException>(() => TaskDefinitionRules.Check("Count", definition));

        Assert.StartsWith("Task definition Count: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(rule, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Template_casing_becomes_the_apis_and_the_users_keys_stay()
    {
        var properties = JsonNode.Parse(
            """{"Family":"f","ContainerDefinitions":[{"Name":"a","DockerLabels":{"My.Label":"x"},"LogConfiguration":{"LogDriver":"awslogs","Options":{"awslogs-group":"g"}}}]}""");

        Assert.Equal(
            """{"family":"f","containerDefinitions":[{"name":"a","dockerLabels":{"My.Label":"x"},"logConfiguration":{"logDriver":"awslogs","options":{"awslogs-group":"g"}}}]}""",
            TaskDefinitionJson.FromTemplate(properties!.AsObject()).ToJsonString());
    }
}

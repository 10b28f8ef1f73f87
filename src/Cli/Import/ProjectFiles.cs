namespace Jobs.Cli.Import;

/// <summary>What every generated project has besides the classes of its workloads.</summary>
/// <param name="application">Copilot's name of it.</param>
/// <param name="workspace">Its root, from the generated project.</param>
/// <param name="environment">What is synthesized unless another is asked for.</param>
/// <param name="version">Of the package of the constructs.</param>
internal sealed class ProjectFiles(string application, string workspace, string environment, string version)
{
    private const string CdkJson =
        """
        {
          "build": "dotnet build --nologo --verbosity quiet",
          "app": "dotnet bin/Debug/net10.0/JobsFromCopilot.dll"
        }

        """;

    private const string Ignored =
        """
        bin/
        obj/
        cdk.out/

        """;

    private const string Program =
        """
        using Jobs;
        using JobsFromCopilot;

        return JobsApp.Run(app => new JobsStack(
            app,
            app.Node.TryGetContext("stack") as string ?? "jobs",
            new JobRunnerProps
            {
                // Each address confirms its subscription, and then hears of runs that fail for good.
                AdminEmails = (app.Node.TryGetContext("adminEmails") as string ?? "")
                    .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
                // Copilot ran its tasks in the VPC of the environment. Jobs that reach a database or a file system
                // there need it here too: set Vpc, Subnets and SecurityGroups. Without them the runner makes a network.
            }));

        """;

    /// <summary>By their names.</summary>
    public IEnumerable<(string Name, string Text)> All(
        IReadOnlyList<Workload> workloads, IReadOnlyList<PublishedTopic> topics) =>
    [
        ("JobsFromCopilot.csproj", Project()),
        ("cdk.json", CdkJson),
        (".gitignore", Ignored),
        ("Program.cs", Program),
        ("Copilot.cs", SourceText.Of(Helpers())),
        ("JobsStack.cs", SourceText.Of(Stack(workloads, topics.Count > 0))),
        .. topics.Count == 0 ? [] : new[] { ("Topics.cs", SourceText.Of(TopicClass(topics))) },
    ];

    private string Project() =>
        $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
          </PropertyGroup>

          <ItemGroup>
            <PackageReference Include="Jobs.Cdk" Version="{version}" />
          </ItemGroup>
        </Project>

        """;

    private string Stack(IReadOnlyList<Workload> workloads, bool hasTopics)
    {
        var adds = workloads.Select(workload =>
            $"_ = {workload.ClassName}.AddTo(runner, new Construct(this, {CSharp.Text(workload.Name)}), environment" +
            $"{(hasTopics ? ", topics" : "")});");
        var body = string.Join('\n', hasTopics ? adds.Prepend("var topics = new Topics(this);") : adds);
        return $$"""
            /// <summary>
            /// The workloads of {{application}}. Context: <c>environment</c>, Copilot's name of it; <c>stack</c>, the
            /// stack's name; <c>adminEmails</c>, comma-separated addresses.
            /// </summary>
            internal sealed class JobsStack : Stack
            {
                /// <param name="shared">What all jobs share.</param>
                public JobsStack(Construct scope, string id, JobRunnerProps shared)
                    : base(scope, id)
                {
                    var environment = scope.Node.TryGetContext("environment") as string ?? {{CSharp.Text(environment)}};
                    var runner = new JobRunner(this, "Jobs", shared);
            {{CSharp.Indented(body, 2)}}
                }
            }

            """;
    }

    private string Helpers() =>
        $$"""
        /// <summary>What Copilot gave its workloads.</summary>
        internal static class Copilot
        {
            public const string Application = {{CSharp.Text(application)}};

            /// <summary>From the folder of cdk.json.</summary>
            private const string Workspace = {{CSharp.Text(workspace)}};

            public static string InWorkspace(string path) => Path.Combine(Workspace, path);

            /// <summary>Null when the declaration is wrong, which synthesis says.</summary>
            public static FargateTaskDefinition? TaskOf(Job job) =>
                job.Node.TryFindChild("Task") as FargateTaskDefinition;

            /// <summary>The container of the job's image; null when the declaration is wrong.</summary>
            public static ContainerDefinition? ContainerOf(Job job) => TaskOf(job)?.DefaultContainer;

            /// <summary>A topic of a service that is not imported: Copilot made it and named it so.</summary>
            public static ITopic TopicOf(Construct scope, string environment, string service, string name) =>
                Topic.FromTopicArn(scope, $"{service}-{name}", Stack.Of(scope).FormatArn(new ArnComponents
                {
                    Service = "sns",
                    Resource = $"{Application}-{environment}-{service}-{name}",
                    ArnFormat = ArnFormat.NO_RESOURCE_NAME,
                }));

            /// <summary>A file of variables for the job's container.</summary>
            public static EnvironmentFileObject EnvironmentFile(Construct scope, string id, string path)
            {
                var file = new Asset(scope, id, new AssetProps { Path = path });
                return new EnvironmentFileObject(file.Bucket, file.S3ObjectKey);
            }

            /// <summary>A file of variables for a sidecar.</summary>
            public static EnvironmentFile SidecarFile(Construct scope, string id, string path)
            {
                var file = new Asset(scope, id, new AssetProps { Path = path });
                return Amazon.CDK.AWS.ECS.EnvironmentFile.FromBucket(file.Bucket, file.S3ObjectKey);
            }

            /// <summary>Lets ECS read the files of the sidecars.</summary>
            public static void LetReadFiles(Job job, Construct scope)
            {
                foreach (var file in scope.Node.Children.OfType<Asset>()) file.GrantRead(job.ExecutionRole);
            }

            /// <param name="id">Of a file system of EFS in this account and Region.</param>
            public static void AllowFileSystem(Job job, string id, bool isWritten) =>
                job.TaskRole.AddToPrincipalPolicy(new PolicyStatement(new PolicyStatementProps
                {
                    Actions = isWritten
                        ? ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]
                        : ["elasticfilesystem:ClientMount"],
                    Resources =
                    [
                        Stack.Of(job).FormatArn(new ArnComponents
                        {
                            Service = "elasticfilesystem",
                            Resource = "file-system",
                            ResourceName = id,
                        }),
                    ],
                }));
        }

        """;

    private static string TopicClass(IEnumerable<PublishedTopic> topics)
    {
        var members = topics.Select(topic =>
            $"public Topic {topic.Member} {{ get; }} = new(scope, {CSharp.Text(topic.Member)}" +
            $"{(topic.Props is null ? "" : $", {topic.Props}")});");
        return $$"""
            /// <summary>The topics that the workloads here publish to.</summary>
            internal sealed class Topics(Construct scope)
            {
            {{CSharp.Indented(string.Join("\n\n", members))}}
            }

            """;
    }
}

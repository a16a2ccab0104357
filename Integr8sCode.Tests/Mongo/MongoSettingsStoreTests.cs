using Integr8sCode.Settings;

namespace Integr8sCode.Mongo;

public sealed class MongoSettingsStoreTests() : SettingsStoreTests(new MongoTestStores());
